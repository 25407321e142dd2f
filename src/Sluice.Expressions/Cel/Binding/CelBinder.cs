namespace Sluice.Expressions.Cel;

/// <summary>Checks types against an environment and makes of syntax what can be evaluated.</summary>
internal sealed partial class CelBinder(CelEnvironment environment)
{
    private readonly List<CelReference> _references = [];
    private CelScope? _scope;

    public IReadOnlyList<CelReference> References => _references;

    /// <exception cref="SyntaxException">A name or a type is wrong.</exception>
    public CelBound Bind(CelSyntax syntax) => syntax switch
    {
        CelSyntax.Literal literal => Constant(literal.Value),
        CelSyntax.Identifier identifier => BindPath(identifier, identifier.Name) ?? throw UnknownName(identifier.Position, identifier.Name),
        CelSyntax.Select select => BindSelect(select),
        CelSyntax.Index index => BindIndex(index),
        CelSyntax.Call call => BindCall(call),
        CelSyntax.Unary unary => Apply(unary.Position, unary.Operator, false, [Bind(unary.Operand)]),
        CelSyntax.Binary binary => BindBinary(binary),
        CelSyntax.Logical logical => BindLogical(logical),
        CelSyntax.Conditional conditional => BindConditional(conditional),
        CelSyntax.ListOf list => BindList(list),
        CelSyntax.MapOf map => BindMap(map),
        _ => throw new InvalidOperationException($"{syntax.GetType().Name} is no known syntax"),
    };

    private static CelBound Constant(in CelValue value) => new(new ConstantNode(value), CelType.Of(value), 1);

    /// <summary>What a name with dots stands for, or null.</summary>
    private CelBound? BindPath(CelSyntax syntax, string path)
    {
        if (CelScope.Find(_scope, path) is { } local)
            return new CelBound(new LocalNode(local.Slot), local.Type, 1);
        if (environment.Find(path) is { } attribute)
        {
            Refer(attribute, null);
            return new CelBound(new AttributeNode(attribute), attribute.Type, 1);
        }
        if (CelType.Named.TryGetValue(path, out var type))
            return Constant(CelValue.Of(type));
        if (environment.IsGroup(path))
        {
            throw new SyntaxException(syntax.Position,
                $"\"{path}\" is a group of attributes and no value: name one of them, as in {path}.{environment.NamesIn(path).First()}");
        }
        return null;
    }

    private CelBound BindSelect(CelSyntax.Select select)
    {
        if (AttributeOf(select) is { } attribute)
        {
            Refer(attribute, null);
            return new CelBound(new AttributeNode(attribute), attribute.Type, 1);
        }
        if (PathOf(select) is { } path && !IsLocal(path))
        {
            if (CelType.Named.TryGetValue(path, out var type))
                return Constant(CelValue.Of(type));
            if (environment.IsGroup(path))
                BindPath(select, path);
            if (PathOf(select.Operand) is { } group && environment.IsGroup(group))
            {
                throw new SyntaxException(select.Position,
                    $"\"{group}\" has no attribute \"{select.Field}\"{Suggestions.For(select.Field, environment.NamesIn(group))}");
            }
        }
        return Entry(select.Position, select.Operand, Constant(CelValue.Of(select.Field)), isField: true);
    }

    private CelBound BindIndex(CelSyntax.Index index)
    {
        var key = Bind(index.Key);
        return Entry(index.Position, index.Operand, key, isField: false);
    }

    private CelBound Entry(int position, CelSyntax container, CelBound key, bool isField)
    {
        if (AttributeOf(container) is { Type.Kind: CelKind.Map } attribute)
        {
            RequireKey(position, attribute.Type, key.Type);
            ReferEntry(attribute, key);
            return new CelBound(new AttributeEntryNode(attribute, key.Node, isTest: false), attribute.Type.Element!, key.Cost + 1);
        }
        var operand = Bind(container);
        var type = operand.Type;
        if (type.Kind == CelKind.Map)
            RequireKey(position, type, key.Type);
        else if (type.Kind == CelKind.List && !isField)
            RequireIndex(position, key.Type);
        else if (!type.IsDyn)
            throw new SyntaxException(position, isField ? $"a value of type {type} has no field {Name(key)}" : $"a value of type {type} has no elements: only lists and maps have");
        return new CelBound(new EntryNode(operand.Node, key.Node), type.Element ?? CelType.Dyn, operand.Cost + key.Cost + 1);
    }

    private static string Name(CelBound key) => key.Node is ConstantNode constant ? constant.Value.ToString() : "of that name";

    private static void RequireKey(int position, CelType map, CelType key)
    {
        if (!map.Key!.Accepts(key))
            throw new SyntaxException(position, $"keys of this map have type {map.Key}, not {key}");
    }

    private static void RequireIndex(int position, CelType key)
    {
        if (!key.IsDyn && key.Kind is not (CelKind.Int or CelKind.UInt))
            throw new SyntaxException(position, $"an element of a list is chosen by an int, not by a value of type {key}");
    }

    /// <summary>The attribute that a path names, unless its first name is a local variable.</summary>
    private CelAttribute? AttributeOf(CelSyntax syntax) => PathOf(syntax) is { } path && !IsLocal(path) ? environment.Find(path) : null;

    private bool IsLocal(string path) => CelScope.Find(_scope, path.Split('.')[0]) is not null;

    /// <summary>Names with dots between, or null for other syntax.</summary>
    private static string? PathOf(CelSyntax syntax) => syntax switch
    {
        CelSyntax.Identifier identifier => identifier.Name,
        CelSyntax.Select select when PathOf(select.Operand) is { } path => $"{path}.{select.Field}",
        _ => null,
    };

    private void Refer(CelAttribute attribute, string? key)
    {
        var reference = new CelReference(attribute, key);
        if (!_references.Contains(reference))
            _references.Add(reference);
    }

    private void ReferEntry(CelAttribute attribute, CelBound key) =>
        Refer(attribute, key.Node is ConstantNode { Value.Kind: CelKind.String } constant ? System.Text.Encoding.UTF8.GetString(constant.Value.Span) : null);

    private SyntaxException UnknownName(int position, string name)
    {
        var known = environment.NamesIn("").Concat(Scopes());
        var hint = CelFunctions.Find(name, isMethod: false).Length > 0 ? $": it is a function, write {name}(…)" : Suggestions.For(name, known);
        return new SyntaxException(position, $"there is no variable \"{name}\"{hint}");
    }

    private IEnumerable<string> Scopes()
    {
        for (var scope = _scope; scope is not null; scope = scope.Outer)
            yield return scope.Name;
    }
}
