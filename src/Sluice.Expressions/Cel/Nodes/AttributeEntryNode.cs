namespace Sluice.Expressions.Cel;

/// <summary>An entry of an attribute that is a map, or whether there is one: the map itself is never made.</summary>
internal sealed class AttributeEntryNode(CelAttribute attribute, CelNode key, bool isTest) : CelNode
{
    private readonly int _index = attribute.Index;
    private readonly CelValue _absent = CelValue.Failure(
        key is ConstantNode { Value.Kind: CelKind.String } constant ? $"no such key: {attribute.Path} has no {constant.Value}" : $"no such key in {attribute.Path}");

    public override CelValue Evaluate(CelFrame frame)
    {
        var name = key.Evaluate(frame);
        if (name.Kind != CelKind.String)
            return name.IsError ? name : isTest ? CelValue.False : _absent;
        var value = frame.Variables.GetEntry(_index, name.Span);
        if (isTest)
            return CelValue.Of(!value.IsAbsent);
        return value.IsAbsent ? _absent : value;
    }
}
