namespace Sluice.Expressions.Cel;

/// <summary>Functions and methods.</summary>
internal sealed partial class CelBinder
{
    private CelBound BindCall(CelSyntax.Call call)
    {
        if (call.Target is null)
        {
            if (call.Name == "has")
                return BindHas(call);
            RequireKnown(call, CelFunctions.Find(call.Name, isMethod: false), isMethod: false);
            return Apply(call.Position, call.Name, false, Array.ConvertAll(call.Arguments, Bind));
        }
        if (PathOf(call.Target) is { } path && !IsLocal(path) && CelFunctions.Find($"{path}.{call.Name}", isMethod: false).Length > 0)
            return BindInGroup(call, $"{path}.{call.Name}");
        if (IsMacro(call.Name) && !(call.Name == "map" && call.Arguments.Length < 2))
            return BindMacro(call);
        RequireKnown(call, CelFunctions.Find(call.Name, isMethod: true), isMethod: true);
        return BindMethod(call);
    }

    private CelBound BindInGroup(CelSyntax.Call call, string name)
    {
        var arguments = Array.ConvertAll(call.Arguments, Bind);
        // Of any number of arguments, or of one list.
        if (name is "math.greatest" or "math.least" && !(arguments.Length == 1 && arguments[0].Type.Kind is CelKind.List or CelKind.Absent) && arguments.Length > 0)
            arguments = [ListOf(arguments)];
        return Apply(call.Position, name, false, arguments);
    }

    private CelBound BindMethod(CelSyntax.Call call)
    {
        CelBound[] arguments = [Bind(call.Target!), .. Array.ConvertAll(call.Arguments, Bind)];
        if (call.Name == "replace" && arguments.Length == 4)
            return Apply(call.Position, TextPartFunctions.LimitedReplace, true, [.. arguments[..2], ListOf(arguments[2..])]);
        if (arguments.Length == 2 && arguments[1].Node is ConstantNode { Value.Kind: CelKind.String } zone
            && TimeFunctions.Getters.TryGetValue(call.Name, out var getter) && CelType.Timestamp.Accepts(arguments[0].Type))
        {
            return BindZoned(call, arguments, zone.Value, getter);
        }
        return Apply(call.Position, call.Name, true, arguments);
    }

    private static CelBound BindZoned(CelSyntax.Call call, CelBound[] arguments, in CelValue zone, Func<DateTime, long> getter)
    {
        var name = System.Text.Encoding.UTF8.GetString(zone.Span);
        if (CelTime.TryParseOffset(name, out _))
            return Apply(call.Position, call.Name, true, arguments);
        if (name.Contains("..", StringComparison.Ordinal) || name.StartsWith('/') || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found))
            throw new SyntaxException(call.Arguments[0].Position, $"there is no time zone \"{name}\": write UTC, an offset such as +02:00, or a name such as Europe/Berlin");
        return new CelBound(new ZonedNode(arguments[0].Node, found, getter), CelType.Int, arguments[0].Cost + 1);
    }

    private static CelBound ListOf(CelBound[] elements) =>
        Folded(new ListNode(Array.ConvertAll(elements, element => element.Node)), CelType.ListOf(elements.Select(element => element.Type).Aggregate(CelType.Join)), elements);

    /// <summary>Chooses the overload by the types; where these are not known, at evaluation.</summary>
    private static CelBound Apply(int position, string name, bool isMethod, CelBound[] arguments)
    {
        var types = Array.ConvertAll(arguments, argument => argument.Type);
        var fitting = Array.FindAll(CelFunctions.Find(name, isMethod), overload => Fits(overload, types));
        if (fitting.Length == 0)
            throw NoOverload(position, name, isMethod, types);
        if (name == "matches" && arguments[1].Node is ConstantNode { Value.Kind: CelKind.String } pattern)
            return BindMatches(position, arguments, pattern.Value);
        var nodes = Array.ConvertAll(arguments, argument => argument.Node);
        var isCertain = fitting.Length == 1 && !fitting[0].Parameters.Where((parameter, i) => !parameter.IsDyn && types[i].IsDyn).Any();
        CelNode node = isCertain ? new CallNode(fitting[0], nodes) : new DynamicCallNode(name, fitting, nodes);
        var result = fitting.Select(overload => overload.ResultOf?.Invoke(types) ?? overload.Result).Aggregate(CelType.Join);
        // What is said to be dyn is not looked at before it is evaluated.
        var bound = name == "dyn" ? new CelBound(node, result, arguments[0].Cost + 1) : Folded(node, result, arguments);
        if (fitting[0].IsLiteralChecked && Array.TrueForAll(arguments, argument => argument.IsConstant) && Evaluated(node) is { IsError: true } error)
            throw new SyntaxException(position, error.Error!.Message);
        return bound;
    }

    private static CelBound BindMatches(int position, CelBound[] arguments, in CelValue pattern)
    {
        try
        {
            var node = new MatchesNode(arguments[0].Node, CelPattern.Parse(System.Text.Encoding.UTF8.GetString(pattern.Span)));
            return Folded(node, CelType.Bool, [arguments[0]]);
        }
        catch (Configuration.Patterns.PatternException error)
        {
            throw new SyntaxException(position, $"the pattern of matches() is no regular expression that can be used: {error.Message} (at its character {error.Position + 1})");
        }
    }

    private static bool Fits(CelOverload overload, CelType[] types)
    {
        if (overload.Parameters.Length != types.Length)
            return false;
        for (var i = 0; i < types.Length; i++)
        {
            if (!overload.Parameters[i].Accepts(types[i]))
                return false;
        }
        return true;
    }

    private static SyntaxException NoOverload(int position, string name, bool isMethod, CelType[] types)
    {
        if (!char.IsAsciiLetter(name[0]))
        {
            return new SyntaxException(position, types.Length == 1 ? $"\"{name}\" cannot be applied to a value of type {types[0]}"
                : $"\"{name}\" cannot be applied to {types[0]} and {types[1]}: convert one, as in {types[0]}(…)");
        }
        var given = isMethod ? $"{types[0]}.{name}({string.Join(", ", types.Skip(1))})" : $"{name}({string.Join(", ", (object[])types)})";
        var known = string.Join(", ", (object[])CelFunctions.Find(name, isMethod));
        return new SyntaxException(position, $"there is no {given}; there {(CelFunctions.Find(name, isMethod).Length == 1 ? "is" : "are")}: {known}");
    }

    private static void RequireKnown(CelSyntax.Call call, CelOverload[] overloads, bool isMethod)
    {
        if (overloads.Length > 0)
            return;
        var known = isMethod ? CelFunctions.Names(true).Concat(["all", "exists", "exists_one", "map", "filter"]) : CelFunctions.Names(false).Append("has");
        var hint = isMethod && CelFunctions.Find(call.Name, isMethod: false).Length > 0 ? $": it is a function, write {call.Name}(…)"
            : !isMethod && (CelFunctions.Find(call.Name, isMethod: true).Length > 0 || IsMacro(call.Name)) ? $": it is a method, write value.{call.Name}(…)"
            : Suggestions.For(call.Name, known);
        throw new SyntaxException(call.Position, $"there is no {(isMethod ? "method" : "function")} \"{call.Name}\"{hint}");
    }
}
