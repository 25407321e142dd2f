namespace Sluice.Expressions.Cel;

/// <summary>Operators and the constructors of lists and maps.</summary>
internal sealed partial class CelBinder
{
    private CelBound BindLogical(CelSyntax.Logical logical)
    {
        var operands = new CelNode[logical.Operands.Length];
        var cost = 1;
        for (var i = 0; i < operands.Length; i++)
        {
            var operand = Bind(logical.Operands[i]);
            RequireBool(logical.Operands[i].Position, operand.Type, logical.IsAnd ? "an operand of \"&&\"" : "an operand of \"||\"");
            operands[i] = operand.Node;
            cost += operand.Cost;
        }
        return new CelBound(new LogicalNode(logical.IsAnd, operands), CelType.Bool, cost);
    }

    private CelBound BindConditional(CelSyntax.Conditional conditional)
    {
        var condition = Bind(conditional.Condition);
        RequireBool(conditional.Condition.Position, condition.Type, "the condition before \"?\"");
        CelBound then = Bind(conditional.Then), otherwise = Bind(conditional.Else);
        if (!then.Type.Accepts(otherwise.Type))
        {
            throw new SyntaxException(conditional.Position,
                $"both outcomes of \"?\" must have the same type, not {then.Type} and {otherwise.Type}: convert one, or write dyn(…) around one");
        }
        return new CelBound(new ConditionalNode(condition.Node, then.Node, otherwise.Node), CelType.Join(then.Type, otherwise.Type), condition.Cost + then.Cost + otherwise.Cost + 1);
    }

    private CelBound BindBinary(CelSyntax.Binary binary)
    {
        if (binary.Operator == "in")
            return BindIn(binary);
        CelBound left = Bind(binary.Left), right = Bind(binary.Right);
        var cost = left.Cost + right.Cost + 1;
        switch (binary.Operator)
        {
            case "==" or "!=":
                RequireComparable(binary.Position, binary.Operator, left.Type, right.Type);
                return new CelBound(new EqualNode(left.Node, right.Node, binary.Operator == "!="), CelType.Bool, cost);
            case "<" or "<=" or ">" or ">=":
                RequireOrdered(binary.Position, binary.Operator, left.Type, right.Type);
                return new CelBound(new CompareNode(binary.Operator, left.Node, right.Node), CelType.Bool, cost);
            default:
                return Apply(binary.Position, binary.Operator, false, [left, right]);
        }
    }

    private CelBound BindIn(CelSyntax.Binary binary)
    {
        var element = Bind(binary.Left);
        if (AttributeOf(binary.Right) is { Type.Kind: CelKind.Map } attribute)
        {
            RequireKey(binary.Position, attribute.Type, element.Type);
            ReferEntry(attribute, element);
            return new CelBound(new AttributeEntryNode(attribute, element.Node, isTest: true), CelType.Bool, element.Cost + 1);
        }
        var container = Bind(binary.Right);
        var type = container.Type;
        if (type.Kind == CelKind.Map)
            RequireKey(binary.Position, type, element.Type);
        else if (type.Kind == CelKind.List && !type.Element!.Accepts(element.Type))
            throw new SyntaxException(binary.Position, $"a value of type {element.Type} is in no list of {type.Element}");
        else if (!type.IsDyn && type.Kind != CelKind.List)
            throw new SyntaxException(binary.Position, $"\"in\" needs a list or a map on its right, not a value of type {type}{(type.Kind == CelKind.String ? ": write text.contains(part)" : "")}");
        return new CelBound(new InNode(element.Node, container.Node), CelType.Bool, element.Cost + container.Cost + 1);
    }

    private CelBound BindList(CelSyntax.ListOf list)
    {
        var elements = Array.ConvertAll(list.Elements, Bind);
        var type = elements.Length == 0 ? CelType.Dyn : elements.Select(element => element.Type).Aggregate(CelType.Join);
        var node = new ListNode(Array.ConvertAll(elements, element => element.Node));
        return Folded(node, CelType.ListOf(type), elements);
    }

    private CelBound BindMap(CelSyntax.MapOf map)
    {
        CelBound[] keys = Array.ConvertAll(map.Keys, Bind), values = Array.ConvertAll(map.Values, Bind);
        for (var i = 0; i < keys.Length; i++)
        {
            if (!keys[i].Type.IsDyn && !CelKeyComparer.IsKey(keys[i].Type.Kind))
                throw new SyntaxException(map.Keys[i].Position, $"a key of a map is a bool, int, uint or string, not a value of type {keys[i].Type}");
        }
        var type = keys.Length == 0 ? CelType.AnyMap
            : CelType.MapOf(keys.Select(key => key.Type).Aggregate(CelType.Join), values.Select(value => value.Type).Aggregate(CelType.Join));
        var node = new MapNode(Array.ConvertAll(keys, key => key.Node), Array.ConvertAll(values, value => value.Node));
        return Folded(node, type, [.. keys, .. values]);
    }

    /// <summary>Evaluated here and now when all of its parts are known and it is no error.</summary>
    private static CelBound Folded(CelNode node, CelType type, CelBound[] parts)
    {
        if (Array.TrueForAll(parts, part => part.IsConstant) && Evaluated(node) is { IsError: false } value)
            return new CelBound(new ConstantNode(value), type, 1);
        return new CelBound(node, type, parts.Sum(part => part.Cost) + 1);
    }

    private static CelValue Evaluated(CelNode node)
    {
        var frame = CelFrame.Rent(NoVariables.Instance, CelLimits.Default.MaxCost);
        var value = node.Evaluate(frame);
        var isExhausted = frame.IsExhausted;
        frame.Return();
        return isExhausted ? CelErrors.Exhausted : value;
    }

    private static void RequireBool(int position, CelType type, string what)
    {
        if (!CelType.Bool.Accepts(type))
            throw new SyntaxException(position, $"{what} must be a bool, not a value of type {type}");
    }

    private static void RequireComparable(int position, string symbol, CelType left, CelType right)
    {
        if (left.Accepts(right))
            return;
        var hint = IsNumber(left) && IsNumber(right) ? $": convert one, as in {(left.Kind == CelKind.Double || right.Kind == CelKind.Double ? "double" : left.ToString())}(…)"
            : left.Kind == CelKind.Null || right.Kind == CelKind.Null ? ": test with has(…) whether there is a value"
            : $": convert one, as in {left}(…)";
        throw new SyntaxException(position, $"\"{symbol}\" cannot compare {left} with {right}{hint}");
    }

    private static void RequireOrdered(int position, string symbol, CelType left, CelType right)
    {
        if (left.IsDyn || right.IsDyn || (IsNumber(left) && IsNumber(right)))
            return;
        if (left.Kind != right.Kind || left.Kind is not (CelKind.Bool or CelKind.String or CelKind.Bytes or CelKind.Timestamp or CelKind.Duration))
            throw new SyntaxException(position, $"\"{symbol}\" cannot order {left} and {right}: both must be numbers, strings, bytes, bools, timestamps or durations");
    }

    private static bool IsNumber(CelType type) => type.Kind is CelKind.Int or CelKind.UInt or CelKind.Double;
}
