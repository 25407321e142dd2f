using System.Text;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>Expressions, with the precedence of Jinja.</summary>
internal sealed partial class TemplateParser
{
    private static readonly string[][] Levels = [["+", "-"], ["~"], ["*", "/", "//", "%"]];

    private TemplateExpression Expression()
    {
        Enter(_next.Position);
        var value = Alternatives();
        if (_next.Is("if"))
        {
            Count(Take().Position);
            var condition = Alternatives();
            TemplateExpression otherwise = new LiteralExpression(CelValue.Absent);
            if (_next.Is("else"))
            {
                Take();
                otherwise = Expression();
            }
            value = new ChoiceExpression(condition, value, otherwise);
        }
        _depth--;
        return value;
    }

    private TemplateExpression Alternatives()
    {
        var operands = new List<TemplateExpression> { Conjunction() };
        while (_next.Is("or"))
        {
            Count(Take().Position);
            operands.Add(Conjunction());
        }
        return operands.Count == 1 ? operands[0] : new ConnectedExpression(false, [.. operands]);
    }

    private TemplateExpression Conjunction()
    {
        var operands = new List<TemplateExpression> { Negation() };
        while (_next.Is("and"))
        {
            Count(Take().Position);
            operands.Add(Negation());
        }
        return operands.Count == 1 ? operands[0] : new ConnectedExpression(true, [.. operands]);
    }

    private TemplateExpression Negation()
    {
        var isNegated = false;
        var isAny = false;
        while (_next.Is("not"))
        {
            Count(Take().Position);
            (isNegated, isAny) = (!isNegated, true);
        }
        var value = Comparison();
        return !isAny ? value : isNegated ? new NotExpression(value) : new NotExpression(new NotExpression(value));
    }

    private TemplateExpression Comparison()
    {
        var left = Binary(0);
        var depth = _depth;
        while (_next.Kind == TemplateTokenKind.Symbol && _next.Text is "==" or "!=" or "<" or "<=" or ">" or ">=" || _next.Is("in") || _next.Is("not"))
        {
            Enter(_next.Position);
            Count(_next.Position);
            var symbol = Take().Text;
            if (symbol == "not")
                Expect("in", "behind \"not\"");
            left = new OperatorExpression(symbol == "not" ? "in" : symbol, left, Binary(0));
            if (symbol == "not")
                left = new NotExpression(left);
        }
        _depth = depth;
        return left;
    }

    // A chain on one level is as deep as it is long: it counts against the depth while it is read.
    private TemplateExpression Binary(int level)
    {
        if (level == Levels.Length)
            return Power();
        var left = Binary(level + 1);
        var depth = _depth;
        while (_next.Kind == TemplateTokenKind.Symbol && Levels[level].Contains(_next.Text))
        {
            Enter(_next.Position);
            Count(_next.Position);
            var symbol = Take().Text;
            left = new OperatorExpression(symbol, left, Binary(level + 1));
        }
        _depth = depth;
        return left;
    }

    private TemplateExpression Power()
    {
        var left = Unary(withFilters: true);
        if (!_next.Is("**"))
            return left;
        Enter(_next.Position);
        Count(Take().Position);
        left = new OperatorExpression("**", left, Power());
        _depth--;
        return left;
    }

    private TemplateExpression Unary(bool withFilters)
    {
        TemplateExpression value;
        if (_next.Is("-") || _next.Is("+"))
        {
            Enter(_next.Position);
            Count(_next.Position);
            var symbol = Take().Text;
            value = Unary(withFilters: false);
            if (symbol == "-")
                value = new OperatorExpression("-", new LiteralExpression(CelValue.Of(0L)), value);
            _depth--;
        }
        else
        {
            value = Postfix(Primary());
        }
        return withFilters ? Filtered(value) : value;
    }

    private TemplateExpression Primary()
    {
        var token = _next;
        Count(token.Position);
        switch (token.Kind)
        {
            case TemplateTokenKind.Literal:
                Take();
                return new LiteralExpression(token.Value);
            case TemplateTokenKind.Name:
                Take();
                return _next.Is("(") ? Function(token) : Name(token);
        }
        switch (token.Text)
        {
            case "(":
                Take();
                var inner = Expression();
                Expect(")", "to close the \"(\"");
                return inner;
            case "[":
                Take();
                return new ListExpression(Sequence("]"));
            case "{":
                Take();
                return Map();
            default:
                throw new SyntaxException(token.Position, $"a value is expected here, not {token}");
        }
    }

    private TemplateExpression Name(TemplateToken token)
    {
        if (token.Text == "loop" && _loops > 0)
            return LoopField();
        if (token.Text is "in" or "if" or "else" or "is" or "and" or "or" or "not")
            throw new SyntaxException(token.Position, $"a value is expected here, not {token}");
        var slots = _scope.Find(token.Text);
        UsesJson |= slots.Length == 0;
        // A variable that is set in some case only may be one of the body in another.
        return new VariableExpression(token.Text, slots);
    }

    private TemplateExpression LoopField()
    {
        Expect(".", "behind \"loop\"");
        var field = _next;
        if (field.Kind == TemplateTokenKind.Name && field.Text == "cycle")
        {
            Take();
            Expect("(", "before what the turns take in turn");
            return new LoopCycleExpression(_loops - 1, Sequence(")"));
        }
        if (field.Kind != TemplateTokenKind.Name || !TemplateLoop.Fields.Contains(field.Text))
            throw new SyntaxException(field.Position, $"a loop has no {field}{Suggestions.For(field.Text, TemplateLoop.Fields.Append("cycle"))}");
        Take();
        return new LoopExpression(_loops - 1, field.Text);
    }

    private TemplateExpression Postfix(TemplateExpression value)
    {
        var depth = _depth;
        while (_next.Is(".") || _next.Is("["))
        {
            Enter(_next.Position);
            Count(_next.Position);
            if (Take().Text == "[")
                value = Subscript(value);
            else
                value = Member(value);
        }
        _depth = depth;
        return value;
    }

    private TemplateExpression Member(TemplateExpression value)
    {
        var field = _next;
        if (field.Kind is not (TemplateTokenKind.Name or TemplateTokenKind.Literal) || field.Value.Kind is CelKind.String or CelKind.Double)
            throw new SyntaxException(field.Position, $"a field's name must follow \".\", not {field}; other keys are written [\"…\"]");
        Take();
        if (_next.Is("("))
        {
            if (field.Text is not ("items" or "keys" or "values" or "get"))
                throw new SyntaxException(field.Position, $"values have no method {field}: filters do such things, as in value | {field.Text}");
            return Call(TemplateFunctions.Filter(field.Text)!, field, [value]);
        }
        return new ItemExpression(value, new LiteralExpression(field.Value.Kind == CelKind.Int ? field.Value : CelValue.Of(field.Text)));
    }

    private TemplateExpression Subscript(TemplateExpression value)
    {
        var first = _next.Is(":") ? null : Expression();
        if (first is not null && !_next.Is(":"))
        {
            Expect("]", "to close the \"[\"");
            return new ItemExpression(value, first);
        }
        Take();
        var end = _next.Is(":") || _next.Is("]") ? null : Expression();
        TemplateExpression? step = null;
        if (_next.Is(":"))
        {
            Take();
            step = _next.Is("]") ? null : Expression();
        }
        Expect("]", "to close the \"[\"");
        return new SliceExpression(value, first, end, step);
    }

    private TemplateExpression Filtered(TemplateExpression value)
    {
        var depth = _depth;
        while (_next.Is("|") || _next.Is("is"))
        {
            Enter(_next.Position);
            value = Take().Text == "|" ? Filter(value) : Test(value);
        }
        _depth = depth;
        return value;
    }

    private TemplateExpression Filter(TemplateExpression value)
    {
        var name = _next;
        if (name.Kind != TemplateTokenKind.Name)
            throw new SyntaxException(name.Position, $"the name of a filter must follow \"|\", not {name}");
        Count(Take().Position);
        if (TemplateFunctions.Filter(name.Text) is not { } filter)
            throw new SyntaxException(name.Position, $"there is no filter {name}{Suggestions.For(name.Text, TemplateFunctions.FilterNames)}");
        return Call(filter, name, [value]);
    }

    private TemplateExpression Test(TemplateExpression value)
    {
        var isNegated = _next.Is("not");
        if (isNegated)
            Take();
        var name = _next;
        if (name.Kind is not (TemplateTokenKind.Name or TemplateTokenKind.Literal) || TemplateFunctions.Test(name.Text) is not { } test)
            throw new SyntaxException(name.Position, $"there is no test {name}{Suggestions.For(name.Text, TemplateFunctions.TestNames)}");
        Count(Take().Position);
        var call = test.Parameters.Length > 0 && !_next.Is("(")
            ? new CallExpression(test, [value, Postfix(Primary())])
            : Call(test, name, [value]);
        return isNegated ? new NotExpression(call) : call;
    }

    private TemplateExpression Function(TemplateToken name)
    {
        if (TemplateFunctions.Function(name.Text) is not { } function)
        {
            var hint = TemplateFunctions.Filter(name.Text) is not null ? $": it is a filter, write value | {name.Text}" : Suggestions.For(name.Text, TemplateFunctions.FunctionNames);
            throw new SyntaxException(name.Position, $"there is no function {name}{hint}");
        }
        _functions.Add(name.Text);
        UsesJson |= name.Text == "context";
        var call = Call(function, name, []);
        if (name.Text == "env")
            RequireAllowed(name, call.Arguments[0]);
        return call;
    }

    private void RequireAllowed(TemplateToken name, TemplateExpression argument)
    {
        if (argument is not LiteralExpression { Value.Kind: CelKind.String } literal)
            throw new SyntaxException(name.Position, "env() needs the variable's name as a literal, so that it can be checked");
        var variable = Encoding.UTF8.GetString(literal.Value.Span);
        if (_settings.AllowedEnvironment is { } allowed && !allowed.Contains(variable))
            throw new SyntaxException(name.Position, $"env() may not read \"{variable}\"{(allowed.Count == 0 ? ": no environment variables are allowed" : Suggestions.For(variable, allowed))}");
    }

    /// <summary>Arguments by place or name; those that are left out are absent.</summary>
    private CallExpression Call(TemplateFunction function, TemplateToken name, TemplateExpression[] first)
    {
        var arguments = new TemplateExpression?[first.Length + function.Parameters.Length];
        first.CopyTo(arguments, 0);
        var place = first.Length;
        if (_next.Is("("))
        {
            Take();
            while (!_next.Is(")"))
            {
                var position = _next.Position;
                var index = place++;
                var value = Expression();
                if (_next.Is("=") && value is VariableExpression { Name: var parameter })
                {
                    Take();
                    index = Array.IndexOf(function.Parameters, parameter) is >= 0 and var found ? first.Length + found
                        : throw new SyntaxException(position, $"{function} has no argument \"{parameter}\"");
                    value = Expression();
                }
                if (index >= arguments.Length)
                    throw new SyntaxException(position, $"{function} takes at most {function.Parameters.Length} arguments");
                arguments[index] = value;
                if (!_next.Is(","))
                    break;
                Take();
            }
            Expect(")", "to close the arguments");
        }
        for (var i = 0; i < function.Required; i++)
        {
            if (arguments[first.Length + i] is null)
                throw new SyntaxException(name.Position, $"{function} needs \"{function.Parameters[i]}\"");
        }
        return new CallExpression(function, Array.ConvertAll(arguments, argument => argument ?? new LiteralExpression(CelValue.Absent)));
    }

    private TemplateExpression[] Sequence(string end)
    {
        var parts = new List<TemplateExpression>();
        while (!_next.Is(end))
        {
            parts.Add(Expression());
            if (!_next.Is(","))
                break;
            Take();
        }
        Expect(end, "to close the list");
        return [.. parts];
    }

    private MapExpression Map()
    {
        List<TemplateExpression> keys = [], values = [];
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
        return new MapExpression([.. keys], [.. values]);
    }
}
