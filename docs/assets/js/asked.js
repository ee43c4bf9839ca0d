// Runs before the list of the find page is shown, ahead of find.js. Where the address asks for something, no number and no list
// shall look like the answer before it is known; and the page says so if find.js can't be loaded.
{
  const part = (id) => document.getElementById(id);
  const isAsked = location.search.length > 1;

  if (isAsked) {
    document.documentElement.classList.add("is-asked");
    part("count").textContent = "Searching …";
  }

  const tell = ({ target }) => {
    if (target.id !== "searching") return;
    if (isAsked) part("count").textContent = "";
    part("trouble").textContent = "The search could not be loaded.";
    part("again").hidden = false;
    part("again").addEventListener("click", () => location.reload());
  };
  addEventListener("error", tell, true);
}
