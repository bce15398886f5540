# The files of an installation, which the packages share. Sourced by ./package.
# shellcheck shell=bash disable=SC2154 # variables of ./package

# The manual pages and completions are the same for every architecture: this machine's programs write them.
# documents FOLDER
documents() {
  local folder=$1 programs shell
  programs=$(programs_folder "$(native_architecture)")
  mkdir -p "$folder"
  "$programs/portok" man >"$folder/portok.1"
  "$programs/portokd" man >"$folder/portokd.8"
  "$programs/portokd" settings --man >"$folder/portok.env.5"
  for shell in bash zsh fish; do
    "$programs/portok" completion "$shell" >"$folder/portok.$shell"
  done
}

# install_tree ROOT PREFIX ARCHITECTURE: programs, units, manual pages and completions under ROOT/PREFIX.
install_tree() {
  local to="$1/$2" architecture=$3 programs from="$stage/documents" page
  programs=$(programs_folder "$architecture")
  install -d -m 755 "$to/bin" "$to/lib/systemd/system" "$to/share/man/man1" "$to/share/man/man5" "$to/share/man/man8" \
    "$to/share/bash-completion/completions" "$to/share/zsh/vendor-completions" "$to/share/fish/vendor_completions.d"
  install -m 755 "$programs/portok" "$programs/portokd" "$to/bin/"
  install -m 644 packaging/systemd/portok@.service packaging/systemd/portok@.socket "$to/lib/systemd/system/"
  for page in portok.1 portok.env.5 portokd.8; do
    gzip --best --no-name --stdout "$from/$page" >"$to/share/man/man${page##*.}/$page.gz"
    chmod 644 "$to/share/man/man${page##*.}/$page.gz"
  done
  install -m 644 "$from/portok.bash" "$to/share/bash-completion/completions/portok"
  install -m 644 "$from/portok.zsh" "$to/share/zsh/vendor-completions/_portok"
  install -m 644 "$from/portok.fish" "$to/share/fish/vendor_completions.d/portok.fish"
}

# The same files at the same version make the same package: every time stamp is that of the last commit.
same_times() {
  find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}
