namespace Portok.Http1;

/// <summary>Parses one whole response head (RFC 9112 4, 5, 6). Pure; allocates nothing.</summary>
public static class ResponseHeadParser
{
    /// <summary>Parses the head that <see cref="HeadScanner"/> found.</summary>
    /// <param name="bytes">Exactly the head, the empty line included.</param>
    /// <param name="request">The method this answers: HEAD has no body (RFC 9112 6.3).</param>
    /// <param name="upgradeRelayed">Whether an Upgrade was relayed: 101 is an answer only then.</param>
    /// <param name="head">The workspace to fill; undefined when rejected.</param>
    /// <returns>None when valid, else the rule that was broken.</returns>
    public static RejectReason Parse(ReadOnlySpan<byte> bytes, MethodKind request, bool upgradeRelayed, ResponseHead head)
    {
        head.Reset(bytes.Length);
        RejectReason reason = StatusLine.Parse(bytes, out int fieldsStart, head);
        if (reason != RejectReason.None) return reason;
        reason = FieldLines.Parse(bytes, fieldsStart, head);
        if (reason == RejectReason.None) reason = ConnectionOptions.Apply(bytes, head);
        if (reason != RejectReason.None) return RejectReasons.ForResponse(reason);
        // A 101 without Upgrade does not say what it switches to (RFC 9110 15.2.2).
        if (head.Status == 101 && !(upgradeRelayed && head.Has(FieldKind.Upgrade))) return RejectReason.ResponseUnasked101;
        if (head.Has(FieldKind.KeepAlive))
            head.KeepAliveTimeoutSeconds = KeepAliveField.Timeout(head.FirstValue(FieldKind.KeepAlive).Of(bytes));
        return ResponseFraming.Apply(bytes, request, head);
    }
}
