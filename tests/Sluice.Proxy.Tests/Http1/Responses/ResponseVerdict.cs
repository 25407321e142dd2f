namespace Sluice.Proxy.Tests.Http1.Responses;

/// <summary>What the client must get of a backend's response.</summary>
/// <param name="Status">Status of the response that the client gets.</param>
/// <param name="Body">Its content, as far as it comes.</param>
/// <param name="Complete">False when the client must be able to see that the response broke off.</param>
internal sealed record ResponseVerdict(int Status, string Body, bool Complete)
{
    /// <summary>Not passed on: 502, and the client's connection can be used on.</summary>
    public static ResponseVerdict Bad { get; } = new(502, "", Complete: true);

    public static ResponseVerdict Passed(string body = "ok", int status = 200) => new(status, body, Complete: true);

    /// <summary>The head was good and is passed on, the body goes wrong: the client's connection ends inside it.</summary>
    public static ResponseVerdict Cut(string body = "") => new(200, body, Complete: false);
}
