using System.CommandLine;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Cli.Rendering;
using Spectre.Console;

namespace Portok.Cli.Commands;

/// <summary><c>portok switch</c>: moves traffic to another port once it is healthy.</summary>
internal static class SwitchCommand
{
    /// <summary>A switch waits for its probe, and for switches in front of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<int> port = new("port") { Description = "The port of the new version, 1 to 65535", CustomParser = Port.Parse };
        Argument<string?> instance = InstanceArgument.Create();
        Option<int?> expect = new("--expect")
        {
            HelpName = "PORT",
            Description = "Refuse unless this is the active port now",
            CustomParser = result => Port.Parse(result),
        };
        Option<string?> reason = new("--reason") { HelpName = "TEXT", Description = "Recorded instead of \"manual\"" };
        reason.Validators.Add(result => CheckLength(result, AdminQuery.MaxReasonLength));
        Option<string?> id = new("--id") { HelpName = "KEY", Description = "Makes a repeat safe: the same key gives the first answer again" };
        id.Validators.Add(result => CheckLength(result, AdminQuery.MaxIdLength));

        Command command = new("switch", "Move traffic to another port once its app is healthy") { port, instance, expect, reason, id };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            int to = parsed.GetValue(port);
            using AdminClient client = run.Connect(parsed.GetValue(instance), Patience);
            Task<AdminAnswer> sent = client.PostAsync(Query(to, parsed.GetValue(expect), parsed.GetValue(reason), parsed.GetValue(id)), cancellation);
            AdminAnswer answer = await Waiting.ShowAsync(sent, $"Port {to} is being probed", run).ConfigureAwait(false);
            if (!answer.IsSuccess)
            {
                throw Refusal.From(answer);
            }

            SwitchAnswer done = answer.Read(AdminJson.Default.SwitchAnswer) ?? throw Refusal.NotUnderstood();
            if (run.Json)
            {
                run.WriteJson(answer.Json);
            }
            else
            {
                Write(run.Screen, done);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Query(int port, int? expect, string? reason, string? id)
    {
        string query = $"{AdminPaths.Switch}?{AdminQuery.Port}={port}";
        query += expect is null ? "" : $"&{AdminQuery.Expect}={expect}";
        query += reason is null ? "" : $"&{AdminQuery.Reason}={Uri.EscapeDataString(reason)}";
        return query + (id is null ? "" : $"&{AdminQuery.Id}={Uri.EscapeDataString(id)}");
    }

    private static void Write(Screen screen, SwitchAnswer done)
    {
        string probe = done.Probe is { } report ? $" (probe: {Markup.Escape(ProbeView.Describe(report))})" : "";
        screen.Line(done.Switch is { } record
            ? $"[green]✓[/] Switched [bold]{record.From} → {record.To}[/]{probe}"
            : $"[green]✓[/] {Markup.Escape(Printable.Of(done.Message))}{probe}");
    }

    private static void CheckLength(System.CommandLine.Parsing.OptionResult result, int most)
    {
        if (result.Tokens is [{ } token] && token.Value.Length is var length && (length == 0 || length > most))
        {
            result.AddError($"{result.Option.Name} must have 1 to {most} characters.");
        }
    }
}
