namespace Portok.Cli.Doctor;

/// <summary>What doctor found: what <c>doctor --json</c> prints.</summary>
/// <param name="Healthy">Nothing is at fault; warnings may be there.</param>
internal sealed record DoctorReport(bool Healthy, int Faults, int Warnings, int NotSeen, IReadOnlyList<CheckReport> Checks)
{
    public static DoctorReport Of(IReadOnlyList<CheckReport> checks)
    {
        int faults = Count(CheckReport.Fault);
        return new DoctorReport(faults == 0, faults, Count(CheckReport.Warning), Count(CheckReport.Unknown), checks);

        int Count(string verdict) => checks.Count(c => string.Equals(c.Verdict, verdict, StringComparison.Ordinal));
    }
}

/// <summary>One check's result.</summary>
/// <param name="Instance">Null: about the machine.</param>
/// <param name="Verdict">"ok", "warning", "unknown" (could not be looked at) or "fault".</param>
/// <param name="Mend">The command that mends it; null: nothing is to be mended.</param>
internal sealed record CheckReport(string Check, string? Instance, string Verdict, string Summary, IReadOnlyList<string> Detail, string? Mend)
{
    public const string Ok = "ok", Warning = "warning", Unknown = "unknown", Fault = "fault";

    public static CheckReport Of(string check, string? instance, Finding finding)
    {
        string verdict = finding.Verdict switch
        {
            Doctor.Verdict.Ok => Ok,
            Doctor.Verdict.Warning => Warning,
            Doctor.Verdict.Unknown => Unknown,
            _ => Fault,
        };
        return new CheckReport(check, instance, verdict, finding.Summary, finding.Detail, finding.Mend);
    }
}
