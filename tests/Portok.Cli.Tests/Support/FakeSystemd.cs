namespace Portok.Cli.Tests.Support;

/// <summary>
/// A systemctl that keeps the state of units in files: active, enabled. What starts or reloads them for real is the test's
/// script. Socket units are as good as service units here.
/// </summary>
internal static class FakeSystemd
{
    /// <param name="onStart">sh, run for each unit that is started, with $unit set; when it fails the unit has failed.</param>
    /// <param name="onStop">The same for stopping.</param>
    /// <param name="onReload">The same for reloading.</param>
    public static void Install(Sandbox sandbox, string onStart = ":", string onStop = ":", string onReload = ":")
    {
        string units = sandbox.Combine("systemd");
        Directory.CreateDirectory(units);
        sandbox.Programs.Add("systemctl", $$"""
            [ "$1" = --no-ask-password ] && shift
            verb=$1; shift
            while [ $# -gt 0 ]; do case "$1" in --) shift; break;; *) shift;; esac; done
            on_start() { {{onStart}}
            }
            on_stop() { {{onStop}}
            }
            on_reload() { {{onReload}}
            }
            start_one() { if on_start; then echo active >'{{units}}'/$unit; else echo failed >'{{units}}'/$unit; echo "Job for $unit failed." >&2; return 1; fi; }
            stop_one() { on_stop; echo inactive >'{{units}}'/$unit; }
            code=0; first=1
            for unit in "$@"; do
              state=$(cat '{{units}}'/$unit 2>/dev/null || echo inactive)
              case $verb in
                show)
                  [ $first = 1 ] || echo
                  first=0
                  if [ -e '{{sandbox.Combine("units")}}'/portok@.${unit##*.} ]; then loaded=loaded; else loaded=not-found; fi
                  if [ -e '{{units}}'/$unit.enabled ]; then enabled=enabled; else enabled=disabled; fi
                  printf 'Id=%s\nLoadState=%s\nActiveState=%s\nSubState=%s\nUnitFileState=%s\nMainPID=0\n' $unit $loaded $state $state $enabled;;
                start) [ $state = active ] || start_one || code=1;;
                stop) [ $state = inactive ] || stop_one;;
                restart) [ $state = inactive ] || stop_one; start_one || code=1;;
                reload) on_reload || code=1;;
                enable) : >'{{units}}'/$unit.enabled;;
                disable) rm -f '{{units}}'/$unit.enabled;;
              esac
            done
            exit $code
            """);
    }
}
