using System.Text;
using Sluice.Configuration.Patterns;

namespace Sluice.Expressions.Cel;

/// <summary>A regular expression that is looked for anywhere in a text, in linear time.</summary>
internal sealed class CelPattern
{
    /// <summary>Bytes of a pattern that is not known before it is evaluated.</summary>
    private const int MaxDynamicPattern = 256;

    // Compiling takes time that grows with the square of the expression's size.
    private const int DynamicCost = 20_000;

    private readonly RegularExpression _expression;

    private CelPattern(RegularExpression expression) => _expression = expression;

    /// <exception cref="PatternException">The text is no regular expression, or one that is not supported.</exception>
    public static CelPattern Parse(string pattern)
    {
        // For its errors: within the whole, brackets of the pattern could close those around it.
        RegularExpression.Parse(pattern);
        return new CelPattern(RegularExpression.Parse($"(?s:.*)(?:{pattern})(?s:.*)"));
    }

    public CelValue IsMatch(in CelValue text, CelFrame frame)
    {
        var words = (long)_expression.Words;
        if (!frame.Charge(1 + (words == 1 ? text.Length / 2 : text.Length * words)))
            return CelErrors.Exhausted;
        return CelValue.Of(_expression.IsMatch(text.Span));
    }

    public static CelValue IsMatch(in CelValue text, in CelValue pattern, CelFrame frame)
    {
        if (!frame.Charge(DynamicCost))
            return CelErrors.Exhausted;
        if (pattern.Length > MaxDynamicPattern)
            return CelValue.Failure($"a pattern that is computed may have at most {MaxDynamicPattern} bytes");
        try
        {
            return Parse(Encoding.UTF8.GetString(pattern.Span)).IsMatch(text, frame);
        }
        catch (PatternException error)
        {
            return CelValue.Failure($"the pattern is no regular expression: {error.Message}");
        }
    }
}
