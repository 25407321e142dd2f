namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>One odd HTTP/1.1 message and what must come of it.</summary>
/// <param name="Name">"class/what-is-odd", unique.</param>
/// <param name="Section">Where the rule stands: "9112 6.1" is RFC 9112, section 6.1.</param>
/// <param name="Text">The octets, one character each.</param>
/// <param name="Verdict">What must come of it.</param>
/// <param name="Why">One sentence: what goes wrong when somebody reads it otherwise.</param>
internal sealed record MessageCase(string Name, string Section, string Text, Verdict Verdict, string Why)
{
    /// <summary>
    /// Sent right behind every message that does not end in the middle: whoever takes the message's end to be elsewhere swallows
    /// it, or takes a part of the message for a request.
    /// </summary>
    public const string Sentinel = "GET /sentinel HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";

    /// <summary>The message ends in the middle, and so does the client's stream: no sentinel follows.</summary>
    public bool Truncated { get; init; }

    /// <summary>Everything that the client sends before it ends its stream.</summary>
    public string Sent => Truncated ? Text : Text + Sentinel;

    /// <summary>The verdict in the form of <see cref="Observed"/>.</summary>
    public string Expected() => (Truncated ? Verdict.ThenClosed() : Verdict).ToString();

    /// <summary>
    /// What came of <see cref="Sent"/>, without the sentinel: a connection that served it was open, and one whose client left is
    /// closed anyhow.
    /// </summary>
    public string Observed(Verdict all)
    {
        if (Truncated)
            return all.ThenClosed().ToString();
        return all.Seen is [.., { Method: "GET", Target: "/sentinel", Body: "" }]
            ? new Verdict([.. all.Seen.SkipLast(1)], [.. all.Statuses.SkipLast(1)], Closes: false).ToString()
            : all.ToString();
    }

    public override string ToString() => Name;
}
