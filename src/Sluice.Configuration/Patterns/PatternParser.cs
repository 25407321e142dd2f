namespace Sluice.Configuration.Patterns;

/// <summary>
/// Parses the syntax that RE2 and .NET share, as far as one automaton can do it: sets, groups, alternatives, repetitions, "^"
/// and "$", flags i, m and s. Whether a repetition is lazy and what a group captures makes no difference to whether a text
/// matches, only to which part of it is replaced.
/// </summary>
internal sealed class PatternParser
{
    private const int MaxDepth = 100;
    private const int MaxRepetition = 1000;

    private readonly PatternReader _reader;
    private readonly List<string?> _groups = [];
    private bool _ignoresCase;
    private bool _dotTakesNewLine;
    private int _depth;

    private PatternParser(string pattern) => _reader = new PatternReader(pattern);

    /// <exception cref="PatternException">It is none, or not supported.</exception>
    public static PatternNode Parse(string pattern) => Parse(pattern, out _);

    /// <param name="pattern">The expression.</param>
    /// <param name="groups">Names of the groups that remember their places, in their order; null for one without a name.</param>
    /// <exception cref="PatternException">It is none, or not supported.</exception>
    public static PatternNode Parse(string pattern, out IReadOnlyList<string?> groups)
    {
        var parser = new PatternParser(pattern);
        var node = parser.Choice();
        groups = parser._groups;
        return parser._reader.AtEnd ? node : throw parser._reader.Error("\")\" without \"(\"");
    }

    private PatternNode Choice()
    {
        var choices = new List<PatternNode> { Sequence() };
        while (_reader.Take('|'))
            choices.Add(Sequence());
        return PatternNode.Choice(choices);
    }

    private PatternNode Sequence()
    {
        var parts = new List<PatternNode>();
        while (!_reader.AtEnd && !_reader.At('|') && !_reader.At(')'))
        {
            if (Atom() is { } atom)
                parts.Add(Repeated(atom));
        }
        return PatternNode.Sequence(parts);
    }

    /// <summary>Null for flags, which are no part of the text.</summary>
    private PatternNode? Atom()
    {
        var position = _reader.Position;
        switch (_reader.Next())
        {
            case '(':
                return Group(position);
            case '[':
                return PatternNode.Of(new SetParser(_reader, _ignoresCase).Parse(position));
            case '.':
                return PatternNode.Of(_dotTakesNewLine ? CharacterSet.Everything : CharacterSet.EverythingButNewLine);
            case '^':
                return PatternNode.Begin;
            case '$':
                return PatternNode.End;
            case '*' or '+' or '?':
                throw PatternReader.Error("there is nothing to repeat", position);
            case '\\':
                return Escape(position);
            case var value:
                return Literal(value);
        }
    }

    private PatternNode Literal(int value)
    {
        var set = CharacterSet.Range(value, value);
        return PatternNode.Of(_ignoresCase ? set.Folded() : set);
    }

    private PatternNode Escape(int position)
    {
        if (_reader.Take('A'))
            return PatternNode.Begin;
        if (_reader.Take('z') || _reader.Take('Z'))
            return PatternNode.End;
        return EscapeParser.Set(_reader) is { } set ? PatternNode.Of(set) : Literal(EscapeParser.Character(_reader, position));
    }

    private PatternNode? Group(int position)
    {
        if (++_depth > MaxDepth)
            throw PatternReader.Error($"groups are nested more than {MaxDepth} deep", position);
        bool ignoresCase = _ignoresCase, dotTakesNewLine = _dotTakesNewLine;
        var before = _groups.Count;
        if (!_reader.Take('?'))
        {
            _groups.Add(null);
        }
        else if (!IsNamedOrPlain(position) && Flags(position))
        {
            _depth--;
            return null;
        }
        var number = _groups.Count > before ? _groups.Count : 0;
        var node = Choice();
        if (!_reader.Take(')'))
            throw PatternReader.Error("\"(\" without \")\"", position);
        (_ignoresCase, _dotTakesNewLine) = (ignoresCase, dotTakesNewLine);
        _depth--;
        return number > 0 ? PatternNode.Group(node, number) : node;
    }

    private bool IsNamedOrPlain(int position)
    {
        if (_reader.Take(':'))
            return true;
        if (_reader.At('=') || _reader.At('!') || _reader.At("<=") || _reader.At("<!"))
            throw PatternReader.Error("look-around cannot be matched in linear time and is not supported", position);
        if (_reader.At('>') || _reader.At('('))
            throw PatternReader.Error("atomic groups and conditions cannot be matched in linear time and are not supported", position);
        if (!_reader.Take('<') && !_reader.Take("P<"))
            return false;
        var name = _reader.TakeUntil('>');
        if (name is not { Length: > 0 } || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw PatternReader.Error("a group's name must be letters, digits and \"_\" between \"<\" and \">\"", position);
        _groups.Add(name);
        return true;
    }

    /// <summary>True for flags that hold from here on, false for those of a group. Flag m changes nothing: texts have no lines.</summary>
    private bool Flags(int position)
    {
        var on = true;
        while (true)
        {
            switch (_reader.Next())
            {
                case 'i':
                    _ignoresCase = on;
                    break;
                case 's':
                    _dotTakesNewLine = on;
                    break;
                case 'm':
                    break;
                case '-' when on:
                    on = false;
                    break;
                case ':':
                    return false;
                case ')':
                    return true;
                default:
                    throw PatternReader.Error("\"(?\" must be followed by \":\", \"<name>\" or flags of i, m and s", position);
            }
        }
    }

    private PatternNode Repeated(PatternNode atom)
    {
        var position = _reader.Position;
        if (!TakeQuantifier(out var min, out var max))
            return atom;
        if (min > MaxRepetition || max > MaxRepetition)
            throw PatternReader.Error($"something is repeated more than {MaxRepetition} times", position);
        if (max >= 0 && max < min)
            throw PatternReader.Error("the most repetitions are fewer than the least", position);
        var isLazy = _reader.Take('?');
        var next = _reader.Position;
        if (TakeQuantifier(out _, out _))
            throw PatternReader.Error("a repetition cannot be repeated: put it into a group", next);
        return PatternNode.Repeat(atom, min, max, isLazy);
    }

    // A "{" that begins no repetition is a character like others.
    private bool TakeQuantifier(out int min, out int max)
    {
        (min, max) = (0, -1);
        if (_reader.Take('*'))
            return true;
        if (_reader.Take('+'))
        {
            min = 1;
            return true;
        }
        if (_reader.Take('?'))
        {
            max = 1;
            return true;
        }
        var position = _reader.Position;
        if (_reader.Take('{') && (min = _reader.Number()) >= 0)
        {
            max = _reader.Take(',') ? _reader.Number() : min;
            if (_reader.Take('}'))
                return true;
        }
        _reader.Back(position);
        return false;
    }
}
