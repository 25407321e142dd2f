namespace Sluice.Expressions.Cel;

/// <summary>
/// A compiled expression. Immutable, may be evaluated on any thread; evaluating never throws, and a condition over strings and
/// numbers allocates nothing.
/// </summary>
public sealed class CelProgram
{
    private readonly CelNode _root;
    private readonly long _maxCost;
    private readonly bool[] _uses;

    private CelProgram(string source, CelEnvironment environment, CelLimits limits, CelBound root, IReadOnlyList<CelReference> references)
    {
        Source = source;
        Environment = environment;
        ResultType = root.Type;
        References = references;
        _root = root.Node;
        _maxCost = limits.MaxCost;
        _uses = new bool[environment.Attributes.Count];
        foreach (var reference in references)
            _uses[reference.Attribute.Index] = true;
    }

    public string Source { get; }

    public CelEnvironment Environment { get; }

    /// <summary>Dyn when it depends on values.</summary>
    public CelType ResultType { get; }

    /// <summary>All that it may read, each once.</summary>
    public IReadOnlyList<CelReference> References { get; }

    /// <summary>
    /// <c>expected</c>: null for any. A result that is dyn is accepted, and checked by who evaluates. <c>limits</c>: null
    /// for <see cref="CelLimits.Default"/>.
    /// </summary>
    /// <returns>Null when the expression is wrong; then there is an error.</returns>
    public static CelProgram? TryCompile(string source, CelEnvironment environment, CelType? expected, out ExpressionError? error, CelLimits? limits = null)
    {
        error = null;
        limits ??= CelLimits.Default;
        try
        {
            var syntax = CelParser.Parse(source, limits);
            var binder = new CelBinder(environment);
            var root = binder.Bind(syntax);
            if (expected is not null && !expected.Accepts(root.Type))
                throw new SyntaxException(syntax.Position, $"the expression must give a value of type {expected}, not {root.Type}");
            return new CelProgram(source, environment, limits, root, binder.References);
        }
        catch (SyntaxException exception)
        {
            error = ExpressionError.At(source, exception.Position, exception.Message);
            return null;
        }
    }

    /// <summary>Whether it may read that attribute.</summary>
    public bool Uses(int attribute) => _uses[attribute];

    /// <returns>The value, or an Error; never Absent. Strings may be parts of the variables' memory.</returns>
    public CelValue Evaluate(ICelVariables variables)
    {
        var frame = CelFrame.Rent(variables, _maxCost);
        var value = _root.Evaluate(frame);
        var isExhausted = frame.IsExhausted;
        frame.Return();
        return isExhausted ? CelErrors.Exhausted : value;
    }

    /// <summary>For conditions: false and a reason when it is an error or no bool.</summary>
    public bool IsTrue(ICelVariables variables, out CelError? error)
    {
        var value = Evaluate(variables);
        error = value.Kind == CelKind.Bool ? null : value.Error ?? CelErrors.NotBool.Error;
        return value.IsTrue;
    }
}
