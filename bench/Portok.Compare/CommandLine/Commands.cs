using System.CommandLine;
using Portok.Compare.Npm;
using Portok.Compare.Results;
using Portok.Compare.Scenarios;

namespace Portok.Compare.CommandLine;

/// <summary>The commands and options.</summary>
internal static class Commands
{
    public static RootCommand Root()
    {
        var options = new MeasuringOptions();
        RootCommand root = new("Measures portokd side by side with other proxies.") { Report(options), Validate(options), Commits(options), Profile(options), List() };
        options.AddTo(root);
        root.SetAction(parsed => new MeasureCommand(options.Read(parsed), options.Store(parsed), options.IsJson(parsed)).Run());
        return root;
    }

    private static Command Report(MeasuringOptions options)
    {
        var command = new Command("report", "makes the report again from the result files that are there") { options.Results };
        command.SetAction(parsed =>
        {
            Console.WriteLine(MarkdownReport.Write(Folder(options, parsed)));
            return 0;
        });
        return command;
    }

    private static Command Validate(MeasuringOptions options)
    {
        var command = new Command("validate", "npm portok's acceptance criteria with a Node app behind; exit code 0 when all are met");
        options.AddTo(command);
        command.SetAction(parsed => new ValidateCommand(options.Read(parsed) with { Groups = [NpmCatalogue.Group] }, options.Store(parsed), options.IsJson(parsed)).Run());
        return command;
    }

    private static Command Commits(MeasuringOptions options)
    {
        var command = new Command("commits", "the portokd of two commits in one interleaved run; exit code 1 when one scenario is dearer");
        options.AddTo(command);
        command.SetAction(parsed => new CommitsCommand(options.Read(parsed), options.IsJson(parsed)).Run());
        return command;
    }

    private static Command Profile(MeasuringOptions options)
    {
        var command = new Command("profile", "flame graphs of portokd under load, by perf");
        options.AddTo(command);
        command.SetAction(parsed => new ProfileCommand(options.Read(parsed), Folder(options, parsed)).Run());
        return command;
    }

    private static ResultStore Folder(MeasuringOptions options, ParseResult parsed) =>
        options.Store(parsed) ?? throw new Processes.CompareException("--results FOLDER is needed");

    private static Command List()
    {
        var command = new Command("list", "the scenarios by group");
        command.SetAction(_ =>
        {
            foreach (IGrouping<string, Scenario> group in ScenarioCatalogue.All.GroupBy(scenario => scenario.Group, StringComparer.Ordinal))
            {
                Console.WriteLine(group.Key);
                foreach (Scenario scenario in group)
                {
                    Console.WriteLine($"  {scenario.Name,-18} {scenario.Title}");
                }
            }

            return 0;
        });
        return command;
    }
}
