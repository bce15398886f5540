using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Portok.Cli.Commands;
using Portok.Cli.Completing;

namespace Portok.Cli.CommandLine;

/// <summary>The whole command line: reads it, runs the verb, turns whatever goes wrong into words and an exit code.</summary>
internal sealed class PortokCommandLine
{
    private readonly CliHost _host;
    private readonly SharedOptions _options = new();
    private readonly RootCommand _root = new("Moves traffic from one version of an app to the next with nothing lost.");

    public PortokCommandLine(CliHost host)
    {
        _host = host;
        foreach (Option option in _options.All)
        {
            _root.Add(option);
        }

        foreach (Option builtIn in _root.Options)
        {
            switch (builtIn)
            {
                case HelpOption help:
                    help.Description = "Show this help";
                    help.Action = new PrintAction(parsed => HelpText.Write(_host.Out, parsed.CommandResult.Command, _root, _options));
                    break;
                case VersionOption version:
                    version.Description = "Show portok's version";
                    version.Action = new PrintAction(parsed => ProductVersion.Write(_host.Out, parsed.GetValue(_options.Json)));
                    break;
            }
        }

        _root.Add(StatusCommand.Create(_options, _host));
        _root.Add(MetricsCommand.Create(_options, _host));
        _root.Add(SwitchCommand.Create(_options, _host));
        _root.Add(HealthCommand.Create(_options, _host));
        _root.Add(ListCommand.Create(_options, _host));
        _root.Add(InitCommand.Create(_options, _host));
        _root.Add(AddCommand.Create(_options, _host));
        _root.Add(RemoveCommand.Create(_options, _host));
        _root.Add(StartCommand.Create(_options, _host));
        _root.Add(StopCommand.Create(_options, _host));
        _root.Add(RestartCommand.Create(_options, _host));
        _root.Add(EnableCommand.Create(_options, _host));
        _root.Add(DisableCommand.Create(_options, _host));
        _root.Add(LogsCommand.Create(_options, _host));
        _root.Add(ConfigCommand.Create(_options, _host));
        _root.Add(EditCommand.Create(_options, _host));
        _root.Add(TokenCommand.Create(_options, _host));
        _root.Add(DoctorCommand.Create(_options, _host));
        _root.Add(CleanCommand.Create(_options, _host));
        _root.Add(CompletionCommand.Create(_options, _host));
        _root.Add(DemoCommand.Create(_options, _host));
        _root.Add(ManPage.Create(_root, _options, _host));
    }

    /// <summary>Every verb that is shown, in the order of the help text; those of a group follow it.</summary>
    public IEnumerable<Command> Verbs => _root.Subcommands.Where(c => !c.Hidden).SelectMany(c => (Command[])[c, .. c.Subcommands]);

    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (args is [Completion.Verb, ..])
        {
            return Completion.Write([.. args.Skip(1)], _root, _options, _host);
        }

        // No response files: a reason may begin with '@'.
        ParseResult parsed = _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        FailureReport report = new(_host, parsed.GetValue(_options.Json), HelpText.Usage(parsed.CommandResult.Command, _root));
        try
        {
            if (parsed.Action is not PrintAction && WrongUse.Find(parsed, _root) is { } wrong)
            {
                throw wrong;
            }

            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = _host.Out,
                Error = _host.Error,
            }, _host.Stop).ConfigureAwait(false);
        }
        catch (CommandFailure failure)
        {
            return report.Write(failure);
        }
        catch (OperationCanceledException) when (_host.Stop.IsCancellationRequested)
        {
            return report.Write(new CommandFailure(ExitCode.Interrupted, "Interrupted", "Interrupted."));
        }
        catch (Exception unexpected)
        {
            return report.Write(new CommandFailure(ExitCode.Refused, "Unexpected fault", $"{unexpected.GetType().Name}: {unexpected.Message}"));
        }
    }

    private sealed class PrintAction(Action<ParseResult> print) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            print(parseResult);
            return ExitCode.Done;
        }
    }
}
