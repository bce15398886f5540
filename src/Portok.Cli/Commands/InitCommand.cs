using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Files;
using Portok.Cli.Migration;
using Portok.Cli.Rendering;
using Portok.Cli.Setup;
using Portok.Cli.Units;

namespace Portok.Cli.Commands;

/// <summary><c>portok init</c>: makes the machine ready for instances, or says what is missing.</summary>
internal static class InitCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Option<bool> dryRun = new("--dry-run") { Arity = ArgumentArity.Zero, Description = "Say what would be done, do nothing" };
        Option<string?> execPath = new("--exec-path") { HelpName = "PATH", Description = "The portokd that the unit runs (default: found by itself)" };
        Option<bool> home = new("--home") { Arity = ArgumentArity.Zero, Description = "portokd lies under a home folder: the unit may read it (ProtectHome=read-only)" };
        Option<bool> takeOver = new("--take-over") { Arity = ArgumentArity.Zero, Description = "Take over from npm portok without asking: keeps ports, tokens and state, restarts its services one by one" };
        // Of npm portok, which needed them to find Node.
        Option<bool> nvm = new("--nvm") { Arity = ArgumentArity.Zero, Hidden = true };
        Option<string?> nodePath = new("--node-path") { Hidden = true };
        ManagementVerb command = new("init", "Make user, folders and systemd units, or bring them up to date", options) { dryRun, execPath, home, takeOver, nvm, nodePath };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            List<string> notes = [];
            if (parsed.GetValue(nvm) || parsed.GetValue(nodePath) is not null)
            {
                notes.Add("--nvm and --node-path have no meaning any more: portokd runs without Node. --exec-path PATH names the portokd to run, --home is for one under a home folder.");
            }

            bool dry = parsed.GetValue(dryRun);
            Machine machine = run.Machine;
            if (!dry && !machine.Folders.IsMoved && !Environment.IsPrivilegedProcess)
            {
                throw new CommandFailure(ExitCode.NotAllowed, "Not allowed", "init makes a user, folders and units: run it with sudo. --dry-run shows what it would do; PORTOK_CONFIG_DIR, PORTOK_STATE_DIR and PORTOK_SYSTEMD_DIR move it to folders of your own.");
            }

            DaemonProgram daemon = DaemonProgram.Find(parsed.GetValue(execPath), parsed.GetValue(home), host, machine);
            if (await new Reachability(machine).LookAsync(daemon.Path, cancellation).ConfigureAwait(false) is { } obstacle)
            {
                throw new CommandFailure(ExitCode.Refused, "Out of reach", $"{obstacle.Words}. Nothing was changed.\nLet it, then do this again: {string.Join(" && ", obstacle.Mend)}");
            }

            TakeOver? fromNpm = await TakeOver.OfferAsync(run, daemon.Path, dry, parsed.GetValue(takeOver), cancellation).ConfigureAwait(false);
            InitDocument done = await RunAsync(machine, daemon, fromNpm, dry, notes, cancellation).ConfigureAwait(false);
            if (run.Json)
            {
                run.WriteJson(done, CliJson.Readable.InitDocument);
            }
            else
            {
                InitView.Write(run.Screen, done, machine.Store.NamesIfReadable().Count > 0);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static List<ISetupStep> Steps(Machine machine, DaemonProgram daemon, TakeOver? fromNpm)
    {
        UnitChoices choices = new(daemon.Path, daemon.MayReadHome, machine.Folders);
        List<ISetupStep> steps =
        [
            new FolderStep(machine, "config", "env files", machine.Folders.Config, Modes.PrivateFolder, ofTheService: false),
            new FolderStep(machine, "state", "saved states", machine.Folders.State, Modes.PrivateFolder, ofTheService: true),
            new FolderStep(machine, "units", "units", machine.Folders.Systemd, Modes.PublicFolder, ofTheService: false),
            .. fromNpm?.Before ?? [],
            new UnitStep(machine, UnitFile.Service, choices),
            new UnitStep(machine, UnitFile.Socket, choices),
            .. fromNpm?.After ?? [],
        ];
        if (!machine.Folders.IsMoved)
        {
            steps.Insert(0, new AccountStep(machine));
        }

        return steps;
    }

    private static async Task<InitDocument> RunAsync(Machine machine, DaemonProgram daemon, TakeOver? fromNpm, bool dry, List<string> notes, CancellationToken cancellation)
    {
        List<InitStepDocument> done = [];
        bool upgraded = false;
        bool unitsWritten = false;
        foreach (ISetupStep step in Steps(machine, daemon, fromNpm))
        {
            StepFinding finding = await step.LookAsync(cancellation).ConfigureAwait(false);
            if (finding.Needed && !dry)
            {
                await step.DoAsync(cancellation).ConfigureAwait(false);
            }

            upgraded |= finding is { Needed: true, Difference.Count: > 0 };
            unitsWritten |= finding.Needed && step is UnitStep;
            string outcome = !finding.Needed ? InitStepDocument.There : dry ? InitStepDocument.Would : InitStepDocument.Did;
            string words = finding.Needed && !dry ? finding.Done : finding.Words;
            done.Add(new InitStepDocument(step.Name, outcome, words, finding.Difference.Count == 0 ? null : finding.Difference));
        }

        if (machine.Folders.IsMoved)
        {
            notes.Add("The folders are not the system's: no user was made, and systemd looks into its own folders only.");
        }

        if (unitsWritten && !dry && await machine.ReloadUnitsAsync(cancellation).ConfigureAwait(false) is { } problem)
        {
            notes.Add(problem);
        }

        if (upgraded && fromNpm is null)
        {
            notes.Add("Daemons that run go on with their old unit until 'portok restart NAME'.");
        }

        return new InitDocument(dry, daemon.Path, done, notes);
    }
}

/// <summary>What <c>init --json</c> prints.</summary>
internal sealed record InitDocument(bool DryRun, string ExecPath, IReadOnlyList<InitStepDocument> Steps, IReadOnlyList<string> Notes);

/// <summary>One step of init.</summary>
/// <param name="Outcome">"done", "there" or "would".</param>
internal sealed record InitStepDocument(string Step, string Outcome, string Detail, IReadOnlyList<string>? Difference)
{
    public const string Did = "done", There = "there", Would = "would";
}
