#!/usr/bin/env bash
# Chooses where TorchSharp comes from, and makes that ready: `nuget` where the package feed has it, otherwise `system`,
# which is src/RnnCompare.SystemTorch over the libtorch of the operating system.
# The environment variable TorchProvider (nuget or system) decides in its place.
# The choice is kept in TorchProvider.props; remove that file to choose anew.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

readonly choice_file=TorchProvider.props
readonly native_source=src/RnnCompare.SystemTorch/native
readonly native_build=artifacts/system/native
readonly packages=(libtorch-dev libopenblas0-openmp cmake make g++)

say() { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }

command -v dotnet >/dev/null || stop 'the .NET SDK 10 is missing: its command dotnet was not found.'

# Sets provider and reason.
choose() {
    if [[ -n ${TorchProvider:-} ]]; then
        provider=$TorchProvider reason='the environment variable TorchProvider says so'
    elif [[ -f $choice_file ]]; then
        provider=$(sed -n 's:.*<TorchProvider [^>]*>\(.*\)</TorchProvider>.*:\1:p' "$choice_file")
        reason="$choice_file says so"
    else
        probe
    fi
    [[ $provider == nuget || $provider == system ]] || stop "TorchProvider is '$provider', but must be nuget or system."
}

# Asks the package feed for the pinned versions.
probe() {
    local folder=artifacts/probe output
    mkdir -p "$folder"
    printf '%s\n' '<Project Sdk="Microsoft.NET.Sdk">' \
        '  <PropertyGroup><UsesTorch>true</UsesTorch><UsesTorchBackend>true</UsesTorchBackend></PropertyGroup>' \
        '</Project>' > "$folder/Probe.csproj"
    if output=$(dotnet restore "$folder/Probe.csproj" -p:TorchProvider=nuget --nologo 2>&1); then
        provider=nuget reason='the package feed has it'
    elif [[ $output == *NU1301* ]]; then
        stop 'the package feed cannot be reached (NU1301). Nothing was set up: connect to the network and try again.'
    elif [[ $output == *NU1101* || $output == *NU1102* || $output == *NU1603* ]]; then
        # No such package, no such version, or only versions other than the pinned ones.
        provider=system reason="the package feed does not have the pinned version ($(grep -oE 'NU1(10[12]|603)' <<< "$output" | head -n 1))"
    else
        printf '%s\n' "$output" >&2
        stop 'the package feed answered neither that it has TorchSharp nor that it has not (above).'
    fi
}

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s ' "$package"
    done
}

install_packages() {
    command -v apt-get >/dev/null || stop "the provider system needs a Debian or Ubuntu with the packages: ${packages[*]}."
    local missing as_root=()
    missing=$(missing_packages)
    [[ -n $missing ]] || return 0
    if [[ $EUID -ne 0 ]]; then
        sudo -n true 2>/dev/null || stop "packages are missing. Run: sudo apt-get update && sudo apt-get install $missing"
        as_root=(sudo -n)
    fi
    as_root+=(env DEBIAN_FRONTEND=noninteractive)
    say "installing $missing"
    # Package lists may be absent or too old: then they are fetched first.
    # shellcheck disable=SC2086
    "${as_root[@]}" apt-get install -y -q --no-install-recommends $missing >/dev/null 2>&1 ||
        { "${as_root[@]}" apt-get update -q >/dev/null &&
            "${as_root[@]}" apt-get install -y -q --no-install-recommends $missing >/dev/null; } ||
        stop "apt-get could not install $missing(above)."
}

build_native() {
    # A build tree that was configured for another folder cannot be used again.
    grep -qsFx "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD/$native_source" "$native_build/CMakeCache.txt" || rm -rf "$native_build"
    cmake -S "$native_source" -B "$native_build" -DCMAKE_BUILD_TYPE=Release --log-level=WARNING >/dev/null
    cmake --build "$native_build" --parallel 2 >/dev/null
}

choose
if [[ $provider == system ]]; then
    install_packages
    build_native
fi
cat > "$choice_file" <<PROPS
<Project>
  <PropertyGroup>
    <TorchProvider Condition="'\$(TorchProvider)' == ''">$provider</TorchProvider>
  </PropertyGroup>
</Project>
PROPS
case $provider in
    nuget) say "TorchSharp comes from nuget, because $reason." ;;
    system) say "TorchSharp comes from system, this machine's own libtorch, because $reason." ;;
esac
