namespace Sluice.Expressions.Cel;

/// <summary>An attribute, or whether there is one.</summary>
internal sealed class AttributeNode(CelAttribute attribute, bool isTest = false) : CelNode
{
    private readonly int _index = attribute.Index;
    private readonly CelValue _absent = CelValue.Failure($"{attribute.Path} has no value here");

    public override CelValue Evaluate(CelFrame frame)
    {
        var value = frame.Variables.Get(_index);
        if (isTest)
            return CelValue.Of(!value.IsAbsent);
        return value.IsAbsent ? _absent : value;
    }
}
