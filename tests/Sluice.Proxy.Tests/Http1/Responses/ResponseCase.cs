namespace Sluice.Proxy.Tests.Http1.Responses;

/// <summary>One odd response of a backend and what the client must get.</summary>
/// <param name="Name">"class/what-is-odd", unique.</param>
/// <param name="Section">Where the rule stands: "9112 6.1" is RFC 9112, section 6.1.</param>
/// <param name="Text">The octets that the backend sends, one character each.</param>
/// <param name="Verdict">What must come of it.</param>
/// <param name="Why">One sentence: what goes wrong when somebody reads it otherwise.</param>
internal sealed record ResponseCase(string Name, string Section, string Text, ResponseVerdict Verdict, string Why)
{
    public string Method { get; init; } = "GET";

    /// <summary>The backend ends the connection after the text.</summary>
    public bool Ends { get; init; }

    /// <summary>The upstream connection may carry the next request.</summary>
    public bool Reusable { get; init; }

    public override string ToString() => Name;
}
