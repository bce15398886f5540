using Portok.Cli.CommandLine;

namespace Portok.Cli.Doctor;

/// <summary>Runs checks side by side, each bounded in time: one that hangs or fails says so and holds up nobody.</summary>
internal static class Examination
{
    /// <summary>For all of them, since they run at the same time.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    /// <param name="sections">What is looked at, in the order it is shown: the machine (no name), then instances.</param>
    /// <param name="bounded">Ends after <see cref="Limit"/> at the latest.</param>
    public static async Task<DoctorReport> RunAsync(IReadOnlyList<CheckSection> sections, CancellationToken bounded)
    {
        CheckReport?[] all = await Task.WhenAll(sections.SelectMany(section => section.Checks.Select(check => OneAsync(check, section.Instance, bounded)))).ConfigureAwait(false);
        return DoctorReport.Of([.. all.OfType<CheckReport>()]);
    }

    private static async Task<CheckReport?> OneAsync(ICheck check, string? instance, CancellationToken cancellation)
    {
        Finding? finding;
        try
        {
            // Some block (a file on a network that has gone), so each has a thread of the pool to itself.
            finding = await Task.Run(() => check.LookAsync(cancellation), CancellationToken.None).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            finding = Finding.Unknown($"no result within {Limit.TotalSeconds:0} s");
        }
        catch (CommandFailure failure)
        {
            finding = Finding.Unknown("could not be looked at", failure.Message.Split('\n'));
        }
        catch (UnauthorizedAccessException refused)
        {
            finding = Finding.Unknown("this user may not look; run it with sudo", refused.Message);
        }
        catch (IOException failure)
        {
            finding = Finding.Unknown("could not be looked at", failure.Message);
        }

        return finding is null ? null : CheckReport.Of(check.Name, instance, finding);
    }
}

/// <summary>Checks that belong together.</summary>
/// <param name="Instance">The instance they are about; null: the machine.</param>
internal sealed record CheckSection(string? Instance, IReadOnlyList<ICheck> Checks);
