namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>Frames for the table's octets, so that a case shows what is odd about it and nothing else.</summary>
internal static class Message
{
    /// <param name="fields">Whole lines, each with its line end.</param>
    public static string Get(string fields) => $"GET / HTTP/1.1\r\nHost: a.test\r\n{fields}\r\n";

    public static string Post(string fields, string body) => $"POST / HTTP/1.1\r\nHost: a.test\r\n{fields}\r\n{body}";

    public static string Chunked(string body) => Post("Transfer-Encoding: chunked\r\n", body);

    /// <summary>A good request with that request line.</summary>
    public static string Line(string requestLine) => $"{requestLine}\r\nHost: a.test\r\n\r\n";

    public static string Target(string target) => Line($"GET {target} HTTP/1.1");

    /// <summary>A good request with that Host field value.</summary>
    public static string Host(string value) => $"GET / HTTP/1.1\r\nHost: {value}\r\n\r\n";

    public static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
