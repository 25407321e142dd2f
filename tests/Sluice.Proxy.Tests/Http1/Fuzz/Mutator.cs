namespace Sluice.Proxy.Tests.Http1.Fuzz;

/// <summary>Makes odd texts odder. The same seed gives the same texts, so that a failure can be repeated from its seed.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<string> corpus)
{
    private static readonly string[] Morsels =
    [
        "\r", "\n", "\r\n", "\r\n\r\n", " ", "\t", ":", ";", ",", "\0", "\v", "\x7f", "\xff", "\"", "\\", "/", "//", "/..", "/.", "%2e", "%2F", "%00",
        "%", "#", "?", "@", "*", "0", "1", "2", "f", "-", "+", "0x", "_", "chunked", "identity", "close", "keep-alive", "a.test", "b.test", ":80",
        "GET ", " HTTP/1.1", " HTTP/1.0", "http://", "Host: a.test\r\n", "Content-Length: 2\r\n", "Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n",
        "Connection: close\r\n", "Expect: 100-continue\r\n", "X-A: 1\r\n", " folded\r\n", "0\r\n\r\n", "2\r\nok\r\n", "2;x=y\r\nok\r\n",
        "GET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\nok",
    ];

    private readonly Random _random = new(seed);

    /// <summary>1 to <paramref name="max"/>, small numbers more often.</summary>
    public int Step(int max) => 1 + (int)(max * Math.Pow(_random.NextDouble(), 3));

    public string Next()
    {
        var text = Pick();
        for (var i = _random.Next(4); i >= 0; i--)
            text = Mutate(text);
        return text;
    }

    private string Pick() => corpus[_random.Next(corpus.Count)];

    private string Mutate(string text)
    {
        var at = _random.Next(text.Length + 1);
        var length = Math.Min(Step(24), text.Length - at);
        return _random.Next(9) switch
        {
            0 => text.Insert(at, Morsels[_random.Next(Morsels.Length)]),
            1 => text.Remove(at, length).Insert(at, Morsels[_random.Next(Morsels.Length)]),
            2 => text.Remove(at, length),
            3 => text.Insert(at, text.Substring(at, length)),
            4 => text.Insert(at, $"{(char)_random.Next(256)}"),
            5 when at < text.Length => text.Remove(at, 1).Insert(at, $"{(char)(text[at] ^ (1 << _random.Next(8)))}"),
            6 => text + Pick(),
            7 => text[..at] + Splice(Pick()),
            8 => text[..at],
            _ => text,
        };
    }

    private string Splice(string other) => other[_random.Next(other.Length + 1)..];
}
