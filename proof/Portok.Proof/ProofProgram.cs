namespace Portok.Proof;

/// <summary>The command line of a proof.</summary>
/// <typeparam name="TSelf">The record that implements this.</typeparam>
public interface IProofOptions<TSelf>
    where TSelf : IProofOptions<TSelf>
{
    /// <summary>What --help prints.</summary>
    static abstract string Usage { get; }

    /// <summary>Whether --help was asked for.</summary>
    bool Help { get; }

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">What is wrong with it.</exception>
    static abstract TSelf Parse(IReadOnlyList<string> arguments);
}

/// <summary>What the program of every proof does around its run.</summary>
public static class ProofProgram
{
    /// <summary>Reads the command line and runs the proof, or says how it is used.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="prove">The run; true when everything held.</param>
    /// <returns>The exit code: 0 everything held, 1 it did not, 2 wrong use.</returns>
    public static async Task<int> RunAsync<TOptions>(IReadOnlyList<string> arguments, Func<TOptions, Task<bool>> prove)
        where TOptions : IProofOptions<TOptions>
    {
        TOptions options;
        try
        {
            options = TOptions.Parse(arguments);
        }
        catch (FormatException fault)
        {
            await Console.Error.WriteLineAsync($"{fault.Message}\n{TOptions.Usage}").ConfigureAwait(false);
            return 2;
        }

        if (!options.Help) return await prove(options).ConfigureAwait(false) ? 0 : 1;
        Console.WriteLine(TOptions.Usage);
        return 0;
    }
}
