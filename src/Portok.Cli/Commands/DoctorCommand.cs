using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Doctor;
using Portok.Cli.Instances;
using Portok.Cli.Rendering;
using Portok.Settings;

namespace Portok.Cli.Commands;

/// <summary><c>portok doctor</c>: looks at this machine and its instances, and says what is wrong and what mends it.</summary>
internal static class DoctorCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string?> name = new("name") { Arity = ArgumentArity.ZeroOrOne, Description = "Look at this instance only (and at the machine)" };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var typed }] && !InstanceName.IsValid(typed))
            {
                result.AddError($"'{Printable.Of(typed)}' is no instance name: it must be {InstanceName.Allowed}.");
            }
        });
        ManagementVerb command = new("doctor", "Look for faults here, and say what mends each; exit code 1 when there is one", options) { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            using CancellationTokenSource over = new(Examination.Limit, host.Time);
            using CancellationTokenSource bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation, over.Token);
            MachineFacts facts = MachineFacts.Of(run.Machine, host, bounded.Token);
            IReadOnlyList<Instance> chosen = Choose(facts, parsed.GetValue(name));
            Task<DoctorReport> work = Examination.RunAsync(CheckList.For(facts, chosen, bounded.Token), bounded.Token);
            DoctorReport report = await Waiting.ShowAsync(work, "Looking", run).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (run.Json)
            {
                run.WriteJson(report, CliJson.Readable.DoctorReport);
            }
            else
            {
                DoctorView.Write(run.Screen, report);
            }

            return report.Healthy ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    private static IReadOnlyList<Instance> Choose(MachineFacts facts, string? name)
    {
        if (name is null)
        {
            return facts.Instances;
        }

        if (facts.Instances.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.Ordinal)) is { } known)
        {
            return [known];
        }

        // Unknown: this says so, with the nearest name. Where the folder is closed to this user, only that is known.
        return facts.NotListed is null ? [facts.Machine.Store.Load(name)] : [];
    }
}
