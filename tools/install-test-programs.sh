#!/bin/sh
# The programs that tests compare us with. Installs what is missing when it can (root on Debian);
# otherwise says what to run, and fails.
set -eu

packages=
need() { command -v "$1" >/dev/null || packages="$packages $2"; }

need chromium chromium
need ssh-keygen openssh-client
need zbarimg zbar-tools
need pdftoppm poppler-utils
need epubcheck epubcheck
need curl curl
need xmllint libxml2-utils
need openssl openssl
need prosody prosody
need ejabberdctl ejabberd
need profanity profanity
need tmux tmux
need nvim neovim
need emacs emacs-nox
need zsh zsh
need fish fish
need mandoc mandoc
need pre-commit pre-commit
# The name of what Emacs loads bears its version.
need_elpa() { ls -d "/usr/share/emacs/site-lisp/elpa/$1"-* >/dev/null 2>&1 || packages="$packages elpa-$1"; }
need_elpa eglot
need_elpa markdown-mode
# A library without a command of its own is looked for where Debian puts it.
need_python() { [ -e "/usr/lib/python3/dist-packages/$1" ] || packages="$packages $2"; }
need_python slixmpp python3-slixmpp
need_python oldmemo python3-oldmemo
need_python twomemo python3-twomemo
need_python xmlschema python3-xmlschema

[ -z "$packages" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # Debian starts a server as soon as it is installed; the tests start their own.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
  fi
  apt-get update -q
  # shellcheck disable=SC2086 # a list of words
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages
else
  echo "The tests need more programs. Run: sudo apt-get install$packages" >&2
  exit 1
fi
