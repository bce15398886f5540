using Portok.Testing;

namespace Portok.Cli.Tests.Support;

/// <summary>Shell scripts that stand for programs of the system, in a folder to be put in front of PATH. Every call is kept.</summary>
internal sealed class FakePrograms(TempFolder folder)
{
    private readonly string _bin = Directory.CreateDirectory(folder.Combine("bin")).FullName;

    /// <summary>PATH with the fakes in front.</summary>
    public string Path => $"{_bin}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Every call so far, oldest first: the program and its arguments.</summary>
    public IReadOnlyList<string> Calls => File.Exists(CallsFile) ? File.ReadAllLines(CallsFile) : [];

    private string CallsFile => folder.Combine("calls");

    /// <param name="script">What it does, in sh; "$@" are its arguments.</param>
    public FakePrograms Add(string program, string script)
    {
        string file = System.IO.Path.Combine(_bin, program);
        File.WriteAllText(file, $"#!/bin/sh\necho \"{program} $*\" >>'{CallsFile}'\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }
}
