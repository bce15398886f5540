namespace Portok.Admin.Contract;

/// <summary>Query keys of <see cref="AdminPaths.Switch"/>, case-sensitive, and the limits of their values.</summary>
public static class AdminQuery
{
    /// <summary>Required: the port to switch to, decimal digits, 1–65535.</summary>
    public const string Port = "port";

    /// <summary>Optional: refuse (409) unless this port is the active one.</summary>
    public const string Expect = "expect";

    /// <summary>Optional: a key; repeating it gives the first answer again. 1 to <see cref="MaxIdLength"/> printable ASCII characters.</summary>
    public const string Id = "id";

    /// <summary>Optional: recorded instead of "manual". 1 to <see cref="MaxReasonLength"/> printable characters.</summary>
    public const string Reason = "reason";

    /// <summary>Longest <see cref="Id"/> in characters.</summary>
    public const int MaxIdLength = 128;

    /// <summary>Longest <see cref="Reason"/> in characters (UTF-16 units, as .NET and JavaScript count).</summary>
    public const int MaxReasonLength = 200;
}
