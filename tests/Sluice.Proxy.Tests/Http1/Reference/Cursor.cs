namespace Sluice.Proxy.Tests.Http1.Reference;

/// <summary>A place in a text, moved one character at a time.</summary>
internal sealed class Cursor(string text)
{
    public int Position { get; private set; }

    public bool AtEnd => Position == text.Length;

    public string Rest => text[Position..];

    /// <summary>The next character; <see cref="Incomplete"/> when there is none.</summary>
    public char Peek => Position < text.Length ? text[Position] : throw new Incomplete();

    public char Next()
    {
        var c = Peek;
        Position++;
        return c;
    }

    public bool StartsWith(string prefix) => text.AsSpan(Position).StartsWith(prefix, StringComparison.Ordinal);

    public void Expect(char wanted, int status, string rule)
    {
        if (Next() != wanted)
            throw new Refusal(status, rule);
    }

    public string TakeWhile(Func<char, bool> wanted)
    {
        var start = Position;
        while (wanted(Peek))
            Position++;
        return text[start..Position];
    }

    public string Take(long count)
    {
        if (count > text.Length - Position)
            throw new Incomplete();
        Position += (int)count;
        return text[(Position - (int)count)..Position];
    }
}
