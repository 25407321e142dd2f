namespace Sluice.Configuration.Patterns;

/// <summary>A text is no regular expression, or one that is not supported.</summary>
public sealed class PatternException : Exception
{
    public PatternException(string message, int position)
        : base(message) => Position = position;

    /// <summary>Index of the character at which it goes wrong.</summary>
    public int Position { get; }
}
