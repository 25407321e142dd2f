namespace Sluice.Expressions.Cel;

/// <summary>Parses the grammar of the CEL language definition, with bounds on depth and size.</summary>
internal sealed class CelParser
{
    private static readonly string[][] Levels =
        [["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]];

    private static readonly HashSet<string> Reserved =
        ["as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"];

    private readonly CelLexer _lexer;
    private readonly CelLimits _limits;
    private CelToken _next;
    private int _depth;
    private int _nodes;

    private CelParser(string text, CelLimits limits)
    {
        _lexer = new CelLexer(text);
        _limits = limits;
        _next = _lexer.Next();
    }

    /// <exception cref="SyntaxException">It is no expression, or beyond a limit.</exception>
    public static CelSyntax Parse(string text, CelLimits limits)
    {
        if (text.Length > limits.MaxLength)
            throw new SyntaxException(limits.MaxLength, $"the expression has {text.Length} characters: at most {limits.MaxLength} are allowed");
        var parser = new CelParser(text, limits);
        if (parser._next.Kind == CelTokenKind.End)
            throw new SyntaxException(0, "the expression is empty: write a condition such as request.method == \"GET\"");
        var root = parser.Expression();
        return parser._next.Kind == CelTokenKind.End ? root
            : throw new SyntaxException(parser._next.Position, $"{parser._next} is not expected here: an operator or the end must follow");
    }

    private CelSyntax Expression()
    {
        if (++_depth > _limits.MaxDepth)
            throw new SyntaxException(_next.Position, $"the expression is nested too deeply: at most {_limits.MaxDepth} levels are allowed");
        var result = Chain(isAnd: false);
        if (_next.Is("?"))
        {
            var position = Take().Position;
            var then = Chain(isAnd: false);
            Expect(":", "to separate the two outcomes of \"?\"");
            result = Made(new CelSyntax.Conditional(position, result, then, Expression()));
        }
        _depth--;
        return result;
    }

    private CelSyntax Chain(bool isAnd)
    {
        var first = Operand();
        var symbol = isAnd ? "&&" : "||";
        if (!_next.Is(symbol))
            return first;
        var position = _next.Position;
        var operands = new List<CelSyntax> { first };
        while (_next.Is(symbol))
        {
            Take();
            operands.Add(Operand());
        }
        return Made(new CelSyntax.Logical(position, isAnd, [.. operands]));

        CelSyntax Operand() => isAnd ? Binary(0) : Chain(isAnd: true);
    }

    private CelSyntax Binary(int level)
    {
        if (level == Levels.Length)
            return Unary();
        var left = Binary(level + 1);
        while (_next.Kind == CelTokenKind.Symbol && Levels[level].Contains(_next.Text))
        {
            var symbol = Take();
            left = Made(new CelSyntax.Binary(symbol.Position, symbol.Text, left, Binary(level + 1)));
        }
        return left;
    }

    private CelSyntax Unary()
    {
        if (!_next.Is("!") && !_next.Is("-"))
            return Member();
        var first = Take();
        var count = 1;
        while (_next.Is(first.Text))
        {
            Take();
            count++;
        }
        if (first.Text == "-" && _next.Kind == CelTokenKind.SmallestInt)
            _next = _next with { Kind = CelTokenKind.Literal, Value = CelValue.Of(long.MinValue) };
        else if (first.Text == "-" && _next is { Kind: CelTokenKind.Literal, Value.Kind: CelKind.Int })
            _next = _next with { Value = CelValue.Of(-_next.Value.AsInt) };
        else if (first.Text == "-" && _next is { Kind: CelTokenKind.Literal, Value.Kind: CelKind.Double })
            _next = _next with { Value = CelValue.Of(-_next.Value.AsDouble) };
        else
            count++;
        var operand = Member();
        for (var i = 1; i < count; i++)
            operand = Made(new CelSyntax.Unary(first.Position, first.Text, operand));
        return operand;
    }

    private CelSyntax Member()
    {
        var operand = Primary();
        while (true)
        {
            if (_next.Is("."))
                operand = Selection(operand);
            else if (_next.Is("["))
                operand = Indexed(operand);
            else if (_next.Is("{"))
                throw new SyntaxException(_next.Position, "messages cannot be constructed here: write a map, as in {\"key\": value}");
            else
                return operand;
        }
    }

    private CelSyntax Selection(CelSyntax operand)
    {
        Take();
        if (_next.Is("?"))
            throw new SyntaxException(_next.Position, "optional values are not supported: test with has(…)");
        if (_next.Kind != CelTokenKind.Identifier && _next is not { Kind: CelTokenKind.Literal, Text: "true" or "false" or "null" } && !_next.Is("in"))
            throw new SyntaxException(_next.Position, $"a field's name must follow \".\", not {_next}; other keys are written [\"…\"]");
        var field = Take();
        if (!_next.Is("("))
            return Made(new CelSyntax.Select(field.Position, operand, field.Text));
        return Made(new CelSyntax.Call(field.Position, operand, field.Text, Arguments()));
    }

    private CelSyntax Indexed(CelSyntax operand)
    {
        var position = Take().Position;
        var key = Expression();
        Expect("]", "to close the \"[\"");
        return Made(new CelSyntax.Index(position, operand, key));
    }

    private CelSyntax Primary()
    {
        if (_next.Is("."))
            Take();
        var token = _next;
        switch (token.Kind)
        {
            case CelTokenKind.Literal:
                Take();
                return Made(new CelSyntax.Literal(token.Position, token.Value));
            case CelTokenKind.SmallestInt:
                throw new SyntaxException(token.Position, "the number is too large for an int: at most 9223372036854775807 (a uint ends with \"u\")");
            case CelTokenKind.Identifier:
                if (Reserved.Contains(token.Text))
                    throw new SyntaxException(token.Position, $"\"{token.Text}\" is a reserved word and cannot be a name");
                Take();
                return _next.Is("(") ? Made(new CelSyntax.Call(token.Position, null, token.Text, Arguments())) : Made(new CelSyntax.Identifier(token.Position, token.Text));
            default:
                return Bracketed(token);
        }
    }

    private CelSyntax Bracketed(CelToken token)
    {
        switch (token.Text)
        {
            case "(":
                Take();
                var inner = Expression();
                Expect(")", "to close the \"(\"");
                return inner;
            case "[":
                Take();
                return Made(new CelSyntax.ListOf(token.Position, Sequence("]")));
            case "{":
                Take();
                return Map(token.Position);
            default:
                throw new SyntaxException(token.Position, $"a value is expected here, not {token}");
        }
    }

    private CelSyntax Map(int position)
    {
        List<CelSyntax> keys = [], values = [];
        while (!_next.Is("}"))
        {
            keys.Add(Expression());
            Expect(":", "between a key and its value");
            values.Add(Expression());
            if (!_next.Is(","))
                break;
            Take();
        }
        Expect("}", "to close the \"{\"");
        return Made(new CelSyntax.MapOf(position, [.. keys], [.. values]));
    }

    private CelSyntax[] Arguments()
    {
        Take();
        return Sequence(")");
    }

    private CelSyntax[] Sequence(string end)
    {
        var parts = new List<CelSyntax>();
        while (!_next.Is(end))
        {
            parts.Add(Expression());
            // A list may end with a comma; arguments may not.
            if (!_next.Is(","))
                break;
            var comma = Take();
            if (end == ")" && _next.Is(end))
                throw new SyntaxException(comma.Position, "an argument must follow the \",\"");
        }
        Expect(end, end == ")" ? "to close the arguments" : "to close the list");
        return [.. parts];
    }

    private CelToken Take()
    {
        var token = _next;
        _next = _lexer.Next();
        return token;
    }

    private void Expect(string symbol, string why)
    {
        if (!_next.Is(symbol))
            throw new SyntaxException(_next.Position, $"\"{symbol}\" is expected here {why}, not {_next}");
        Take();
    }

    private CelSyntax Made(CelSyntax syntax)
    {
        if (++_nodes > _limits.MaxNodes)
            throw new SyntaxException(syntax.Position, $"the expression is too large: at most {_limits.MaxNodes} operators, names and literals are allowed");
        if (syntax.Height > _limits.MaxDepth)
            throw new SyntaxException(syntax.Position, $"the expression is nested too deeply: at most {_limits.MaxDepth} levels are allowed");
        return syntax;
    }
}
