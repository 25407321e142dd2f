using System.Text;

namespace Sluice.Expressions.Templates;

/// <summary>Parses templates: text and tags. Expressions are in the other part.</summary>
internal sealed partial class TemplateParser
{
    private static readonly string[] Tags = ["if", "for", "set", "raw"];

    private readonly string _source;
    private readonly TemplateSettings _settings;
    private readonly TemplateLexer _lexer;
    private readonly HashSet<string> _functions = [];
    private TemplateScope _scope = new(null);
    private TemplateToken _next;
    private int _slots;
    private int _loops;
    private int _depth;
    private int _nodes;

    public TemplateParser(string source, TemplateSettings settings)
    {
        if (source.Length > settings.Limits.MaxLength)
            throw new SyntaxException(settings.Limits.MaxLength, $"the template has {source.Length} characters: at most {settings.Limits.MaxLength} are allowed");
        _source = source;
        _settings = settings;
        // As Jinja has it: the newline that files end with is no part of the text.
        _lexer = new TemplateLexer(source.EndsWith("\r\n", StringComparison.Ordinal) ? source[..^2] : source.EndsWith('\n') ? source[..^1] : source);
    }

    public int Slots => _slots;

    public int LoopDepth { get; private set; }

    public bool UsesBody => _functions.Contains("body");

    public bool UsesJson { get; private set; }

    public IReadOnlyCollection<string> Functions => _functions;

    /// <exception cref="SyntaxException">It is no template, or beyond a limit.</exception>
    public TemplateNode Parse() => Block(null, out _);

    /// <summary>Up to one of the tags that end it; up to the end of the template when there are none.</summary>
    private BlockNode Block(TemplateToken? opening, out TemplateToken end, params string[] ends)
    {
        Enter(opening?.Position ?? 0);
        var parts = new List<TemplateNode>();
        while (true)
        {
            var text = _lexer.ReadText(out var kind);
            if (text.Length > 0)
                parts.Add(new TextNode(LineOf(_lexer.Position), Encoding.UTF8.GetBytes(text)));
            switch (kind)
            {
                case TemplateOpening.EndOfTemplate when opening is { } open:
                    throw new SyntaxException(open.Position, $"{{% {open.Text} %}} is not closed: {{% {ends[^1]} %}} is missing");
                case TemplateOpening.EndOfTemplate:
                    end = default;
                    _depth--;
                    return new BlockNode([.. parts]);
                case TemplateOpening.Output:
                    Take();
                    parts.Add(Output());
                    break;
                default:
                    Take();
                    if (_next.Kind == TemplateTokenKind.Name && ends.Contains(_next.Text))
                    {
                        end = _next;
                        Take();
                        _depth--;
                        return new BlockNode([.. parts]);
                    }
                    parts.Add(Tag());
                    break;
            }
        }
    }

    private OutputNode Output()
    {
        int line = LineOf(_next.Position), before = _nodes;
        var value = Expression();
        ExpectEnd();
        return new OutputNode(line, value, _nodes - before);
    }

    private TemplateNode Tag()
    {
        var name = _next;
        Count(name.Position);
        if (name.Kind == TemplateTokenKind.Name && Tags.Contains(name.Text))
        {
            Take();
            return name.Text switch { "if" => If(name), "for" => For(name), "set" => Set(name), _ => Raw(name) };
        }
        var hint = name.Text switch
        {
            "else" or "elif" or "endif" => ": it belongs to an {% if %}, and there is none open here",
            "endfor" => ": it belongs to a {% for %}, and there is none open here",
            "include" or "extends" or "import" or "block" or "macro" or "call" or "filter" or "with" => ": it is not supported; there are if, for, set and raw",
            _ => Suggestions.For(name.Text, Tags),
        };
        throw new SyntaxException(name.Position, $"there is no tag {name}{hint}");
    }

    private IfNode If(TemplateToken opening)
    {
        var branches = new List<(TemplateExpression Condition, TemplateNode Body)>();
        TemplateNode? otherwise = null;
        int line = LineOf(opening.Position), before = _nodes;
        while (true)
        {
            var condition = Expression();
            ExpectEnd();
            var cost = _nodes - before;
            branches.Add((condition, Block(opening, out var end, "elif", "else", "endif")));
            if (end.Text == "elif")
                continue;
            ExpectEnd();
            if (end.Text == "else")
            {
                otherwise = Block(opening, out _, "endif");
                ExpectEnd();
            }
            return new IfNode(line, [.. branches], otherwise, cost);
        }
    }

    private ForNode For(TemplateToken opening)
    {
        var names = new List<string> { Variable() };
        if (_next.Is(","))
        {
            Take();
            names.Add(Variable());
        }
        Expect("in", "before what the loop goes over");
        var before = _nodes;
        var range = Alternatives();
        _scope = new TemplateScope(_scope);
        var slots = names.ConvertAll(name => _scope.Declare(name, ref _slots));
        var depth = _loops++;
        LoopDepth = Math.Max(LoopDepth, _loops);
        TemplateExpression? condition = null;
        if (_next.Is("if"))
        {
            Take();
            condition = Expression();
        }
        ExpectEnd();
        var cost = _nodes - before;
        var body = Block(opening, out var end, "else", "endfor");
        var scope = _scope;
        _scope = _scope.Outer!;
        _loops--;
        ExpectEnd();
        TemplateNode? otherwise = null;
        if (end.Text == "else")
        {
            otherwise = Block(opening, out _, "endfor");
            ExpectEnd();
        }
        return new ForNode(LineOf(opening.Position), depth, [.. slots], [.. scope.Slots], range, condition, body, otherwise, cost);
    }

    private SetNode Set(TemplateToken opening)
    {
        var name = Variable();
        if (!_next.Is("="))
            throw new SyntaxException(_next.Position, $"\"=\" is expected here, as in {{% set {name} = … %}}, not {_next}");
        Take();
        var before = _nodes;
        var value = Expression();
        ExpectEnd();
        return new SetNode(LineOf(opening.Position), _scope.Declare(name, ref _slots), value, _nodes - before);
    }

    private TextNode Raw(TemplateToken opening)
    {
        ExpectEnd();
        return new TextNode(LineOf(opening.Position), Encoding.UTF8.GetBytes(_lexer.ReadRaw(opening.Position)));
    }

    private string Variable()
    {
        if (_next.Kind != TemplateTokenKind.Name)
            throw new SyntaxException(_next.Position, $"the name of a variable is expected here, not {_next}");
        if (_next.Text is "loop" or "in" or "if" or "else" or "not" or "and" or "or" or "is")
            throw new SyntaxException(_next.Position, $"{_next} is a word of the language and no name for a variable");
        return Take().Text;
    }

    private TemplateToken Take()
    {
        var token = _next;
        _next = _lexer.Next();
        return token;
    }

    // What follows the end is text, not a token.
    private void ExpectEnd()
    {
        if (_next.Kind != TemplateTokenKind.End)
            throw new SyntaxException(_next.Position, $"{_next} is not expected here: an operator or the end of the braces must follow");
    }

    private void Expect(string symbol, string why)
    {
        if (!_next.Is(symbol))
            throw new SyntaxException(_next.Position, $"\"{symbol}\" is expected here {why}, not {_next}");
        Take();
    }

    private void Enter(int position)
    {
        if (++_depth > _settings.Limits.MaxDepth)
            throw new SyntaxException(position, $"the template is nested too deeply: at most {_settings.Limits.MaxDepth} levels are allowed");
    }

    private void Count(int position)
    {
        if (++_nodes > _settings.Limits.MaxNodes)
            throw new SyntaxException(position, $"the template is too large: at most {_settings.Limits.MaxNodes} tags, operators, names and literals are allowed");
    }

    private int LineOf(int position) => _source.AsSpan(0, Math.Min(position, _source.Length)).Count('\n') + 1;
}
