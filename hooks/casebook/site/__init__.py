"""Pages, the frame around them, and the finished folder."""
