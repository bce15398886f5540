namespace Portok.Cli.Demo.Load;

/// <summary>The versions of the sample app, as a set.</summary>
[Flags]
internal enum Versions
{
    None = 0,
    V1 = 1,
    V2 = 2,
    Either = V1 | V2,
}

/// <summary>
/// Says which version may answer. The rule changes at named moments; a request is judged by every rule that held between
/// its sending and its answer, so one that was under way at a change may have either. Any thread.
/// </summary>
internal sealed class VersionRule
{
    private volatile Versions[] _rules;

    public VersionRule(Versions first) => _rules = [first];

    /// <summary>The moment now, to be kept by a request that is about to be sent.</summary>
    public int Moment => _rules.Length - 1;

    /// <summary>From now on these may answer. One caller.</summary>
    public void Change(Versions allowed) => _rules = [.. _rules, allowed];

    /// <param name="sent">What <see cref="Moment"/> was right before the request was sent.</param>
    /// <param name="answered">Who answered.</param>
    public bool Allows(int sent, Versions answered)
    {
        Versions[] rules = _rules;
        for (int i = sent; i < rules.Length; i++)
        {
            if ((rules[i] & answered) != Versions.None)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"v1" and "v2"; anything else is none.</summary>
    public static Versions Named(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("v1"u8) => Versions.V1,
        _ when name.SequenceEqual("v2"u8) => Versions.V2,
        _ => Versions.None,
    };
}
