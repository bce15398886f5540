using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Portok.Testing;

namespace Portok.Linux.Tests.Headers;

/// <summary>Asks the C compiler of this machine for the values of integer expressions.</summary>
internal static class CompiledC
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <netinet/in.h>
        #include <netinet/tcp.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <sys/epoll.h>
        #include <sys/eventfd.h>
        #include <sys/resource.h>
        #include <sys/socket.h>
        #include <sys/un.h>
        #include <unistd.h>

        """;

    /// <summary>Compiles and runs a program that prints each expression's value.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> EvaluateAsync(IEnumerable<string> expressions, [CallerMemberName] string name = "")
    {
        string[] wanted = [.. expressions.Distinct(StringComparer.Ordinal)];
        var source = new StringBuilder(Headers).AppendLine("int main(void) {");
        foreach (string expression in wanted) source.AppendLine(CultureInfo.InvariantCulture, $"  printf(\"%lld\\n\", (long long)({expression}));");
        source.AppendLine("  return 0; }");

        using var folder = new TempFolder();
        string file = folder.Combine(name + ".c"), program = folder.Combine("program");
        await File.WriteAllTextAsync(file, source.ToString());
        ProcessResult compiled = await ProcessRunner.RunAsync("gcc", ["-Wall", "-Werror", "-o", program, file]);
        if (compiled.ExitCode != 0) throw new InvalidOperationException($"gcc: {compiled.Errors}");
        ProcessResult ran = await ProcessRunner.RunAsync(program, []);
        string[] lines = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return wanted.Zip(lines, (expression, line) => (expression, value: long.Parse(line, CultureInfo.InvariantCulture)))
            .ToDictionary(pair => pair.expression, pair => pair.value, StringComparer.Ordinal);
    }
}
