using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>What the template has set under a name, the innermost first; otherwise the entry of the JSON body with that name.</summary>
internal sealed class VariableExpression(string name, int[] slots) : TemplateExpression
{
    private readonly CelValue _key = CelValue.Of(name);

    public string Name => name;

    public override CelValue Evaluate(TemplateFrame frame)
    {
        foreach (var slot in slots)
        {
            if (!frame.Variables[slot].IsAbsent)
                return frame.Variables[slot];
        }
        var json = frame.Context.Json();
        return json.Kind == CelKind.Map ? json.Map.Find(_key) : CelValue.Absent;
    }
}
