namespace Sluice.Expressions.Cel;

/// <summary>has() and the comprehensions.</summary>
internal sealed partial class CelBinder
{
    private static bool IsMacro(string name) => name is "all" or "exists" or "exists_one" or "existsOne" or "map" or "filter";

    private CelBound BindHas(CelSyntax.Call call)
    {
        // The language has it of fields only; a variable that may have no value is asked for alike.
        if (call.Arguments is [var name] && AttributeOf(name) is { } attribute)
        {
            Refer(attribute, null);
            return new CelBound(new AttributeNode(attribute, isTest: true), CelType.Bool, 1);
        }
        if (call.Arguments is not [CelSyntax.Select select])
            throw new SyntaxException(call.Position, "has() asks for one field, as in has(request.headers.authorization); for other keys write \"x-name\" in request.headers");
        var field = Constant(CelValue.Of(select.Field));
        if (AttributeOf(select.Operand) is { Type.Kind: CelKind.Map } map)
        {
            RequireKey(select.Position, map.Type, field.Type);
            ReferEntry(map, field);
            return new CelBound(new AttributeEntryNode(map, field.Node, isTest: true), CelType.Bool, 1);
        }
        // For the message about a field that there cannot be.
        BindSelect(select);
        var operand = Bind(select.Operand);
        return new CelBound(new HasNode(operand.Node, CelValue.Of(select.Field)), CelType.Bool, operand.Cost + 1);
    }

    private CelBound BindMacro(CelSyntax.Call call)
    {
        var most = call.Name == "map" ? 3 : 2;
        if (call.Arguments.Length < 2 || call.Arguments.Length > most || call.Arguments[0] is not CelSyntax.Identifier variable)
            throw new SyntaxException(call.Position, $"{call.Name}() needs a variable and {(call.Name == "map" ? "what becomes of it" : "a condition")}, as in list.{call.Name}(x, x.startsWith(\"a\"))");
        var range = Bind(call.Target!);
        if (!range.Type.IsDyn && range.Type.Kind is not (CelKind.List or CelKind.Map))
            throw new SyntaxException(call.Position, $"{call.Name}() goes over a list or the keys of a map, not over a value of type {range.Type}");
        var slot = _scope is null ? 0 : _scope.Slot + 1;
        if (slot == CelFrame.MaxLocals)
            throw new SyntaxException(call.Position, $"comprehensions are nested too deeply: at most {CelFrame.MaxLocals} may be within each other");
        _scope = new CelScope(variable.Name, (range.Type.Kind == CelKind.Map ? range.Type.Key : range.Type.Element) ?? CelType.Dyn, slot, _scope);
        var parts = call.Arguments[1..].Select(Bind).ToArray();
        _scope = _scope.Outer;
        var cost = parts.Sum(part => part.Cost) + 1;
        var isTransformation = call.Name == "map";
        if (!isTransformation || parts.Length == 2)
            RequireBool(call.Arguments[1].Position, parts[0].Type, $"the condition of {call.Name}()");
        return call.Name switch
        {
            "all" or "exists" => new CelBound(new QuantifierNode(call.Name == "all", range.Node, slot, parts[0].Node, cost), CelType.Bool, range.Cost + cost),
            "exists_one" or "existsOne" => new CelBound(new ExistsOneNode(range.Node, slot, parts[0].Node, cost), CelType.Bool, range.Cost + cost),
            "filter" => new CelBound(
                new TransformNode(range.Node, slot, parts[0].Node, null, cost), CelType.ListOf((range.Type.Kind == CelKind.Map ? range.Type.Key : range.Type.Element) ?? CelType.Dyn), range.Cost + cost),
            _ => new CelBound(
                new TransformNode(range.Node, slot, parts.Length == 2 ? parts[0].Node : null, parts[^1].Node, cost), CelType.ListOf(parts[^1].Type), range.Cost + cost),
        };
    }
}
