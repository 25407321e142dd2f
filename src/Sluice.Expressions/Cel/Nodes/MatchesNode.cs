namespace Sluice.Expressions.Cel;

/// <summary>matches() with a pattern that is known: it is compiled once.</summary>
internal sealed class MatchesNode(CelNode text, CelPattern pattern) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var value = text.Evaluate(frame);
        if (value.Kind != CelKind.String)
            return value.IsError ? value : CelErrors.NoOverload;
        return pattern.IsMatch(value, frame);
    }
}
