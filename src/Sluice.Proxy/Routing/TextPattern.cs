using Sluice.Configuration.Patterns;

namespace Sluice.Proxy.Routing;

/// <summary>
/// A regular expression that must match a whole value, which is read as UTF-8. Matching takes time linear in the value, so
/// values of any length that the head's limits admit are matched. An expression that cannot be used matches nothing and says
/// why.
/// </summary>
internal sealed class TextPattern
{
    private readonly RegularExpression? _expression;

    public TextPattern(string pattern)
    {
        try
        {
            _expression = RegularExpression.Parse(pattern);
        }
        catch (PatternException error)
        {
            Problem = $"the regular expression \"{pattern}\" cannot be used and matches nothing: {error.Message}, at position {error.Position}";
        }
    }

    public string? Problem { get; }

    public bool IsMatch(ReadOnlySpan<byte> value) => _expression is not null && _expression.IsMatch(value);
}
