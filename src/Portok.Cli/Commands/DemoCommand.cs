using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Portok.Cli.CommandLine;
using Portok.Cli.Demo;

namespace Portok.Cli.Commands;

/// <summary><c>portok demo</c>: shows a switch and a rollback under load, on real processes.</summary>
internal static class DemoCommand
{
    private const int DefaultRate = 2000;

    public static Command Create(SharedOptions options, CliHost host)
    {
        Option<bool> stay = new("--stay") { Arity = ArgumentArity.Zero, Description = "Keep everything running afterwards, until Ctrl-C" };
        Option<bool> plain = new("--plain") { Arity = ArgumentArity.Zero, Description = "Plain lines instead of a picture (as where there is no terminal)" };
        Option<int> rate = new("--rate")
        {
            HelpName = "N",
            Description = $"Requests a second (default {DefaultRate})",
            DefaultValueFactory = _ => DefaultRate,
            CustomParser = ParseRate,
        };
        Verb command = new("demo", "Watch a switch and a rollback under load, in 20 seconds") { stay, plain, rate };
        command.Validators.Add(result =>
        {
            if (options.Connection.FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } useless)
            {
                result.AddError($"{useless.Name} has no meaning for demo: it starts a portokd of its own.");
            }
        });
        command.SetAction(parsed =>
        {
            DemoOptions chosen = new() { Stay = parsed.GetValue(stay), Plain = parsed.GetValue(plain), RequestsPerSecond = parsed.GetValue(rate) };
            return new DemoRun(chosen, new Invocation(parsed, options, host)).RunAsync();
        });
        return command;
    }

    private static int ParseRate(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rate) && rate is >= 10 and <= 100_000)
        {
            return rate;
        }

        result.AddError($"--rate '{Printable.Of(text)}' is not a number from 10 to 100000.");
        return DefaultRate;
    }

    private sealed class Verb(string name, string description) : Command(name, description), IWithoutConnection;
}
