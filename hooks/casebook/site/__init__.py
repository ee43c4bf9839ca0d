"""Pages, the frame around them, and the finished folder."""

from casebook.site.builder import SITE, build_shell, build_site
from casebook.site.edition import Edition
from casebook.site.fingerprint import code_files, code_folder
from casebook.site.frame import Shell, moved
from casebook.site.rendering import load_templates
from casebook.site.templates import NotBuilt, TemplateFault, faults_named
