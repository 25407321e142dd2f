using System.Globalization;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Rules;

namespace Sluice.ApiServer.Selectors;

/// <summary>The text form of label selectors: "a=b, c!=d, e in (f, g), h notin (i), j, !k, l&gt;1, m&lt;2".</summary>
internal ref struct LabelSelectorParser(string text)
{
    /// <summary>Requirements, and values of one, that are taken.</summary>
    private const int MaxEntries = 1000;

    private readonly string _text = text;
    private int _at;

    /// <exception cref="ApiException">400: not a label selector.</exception>
    public static IReadOnlyList<LabelRequirement> Parse(string text)
    {
        var parser = new LabelSelectorParser(text);
        var requirements = new List<LabelRequirement>();
        while (parser.More())
        {
            if (requirements.Count == MaxEntries)
                throw parser.Error($"at most {MaxEntries} requirements are taken");
            requirements.Add(parser.Requirement());
            if (!parser.More())
                break;
            parser.Expect(',');
            if (!parser.More())
                throw parser.Error("a requirement must follow the last comma");
        }

        return requirements;
    }

    private LabelRequirement Requirement()
    {
        if (Take('!'))
            return new LabelRequirement(Key(), LabelOperator.Absent, []);
        var key = Key();
        if (!More() || Peek() == ',')
            return new LabelRequirement(key, LabelOperator.Exists, []);
        if (Take('!'))
        {
            Expect('=');
            return new LabelRequirement(key, LabelOperator.NotIn, [Value()]);
        }

        if (Take('='))
        {
            Take('=');
            return new LabelRequirement(key, LabelOperator.In, [Value()]);
        }

        if (Take('>'))
            return new LabelRequirement(key, LabelOperator.Greater, [Number()]);
        if (Take('<'))
            return new LabelRequirement(key, LabelOperator.Less, [Number()]);
        return Word() switch
        {
            "in" => new LabelRequirement(key, LabelOperator.In, Set()),
            "notin" => new LabelRequirement(key, LabelOperator.NotIn, Set()),
            var word => throw Error($"after the key \"{key}\" one of = == != in notin > < must stand, found \"{word}\""),
        };
    }

    private string Key()
    {
        var key = Word();
        return MetadataRules.IsQualifiedName(key) ? key : throw Error($"\"{key}\" is no label key");
    }

    private string Value()
    {
        var value = Word();
        return MetadataRules.IsLabelValue(value) ? value : throw Error($"\"{value}\" is no label value");
    }

    private string Number()
    {
        var word = Word();
        return long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? word : throw Error($"\"{word}\" is no whole number");
    }

    private List<string> Set()
    {
        var values = new List<string>();
        Expect('(');
        do
        {
            if (values.Count == MaxEntries)
                throw Error($"at most {MaxEntries} values are taken");
            values.Add(Value());
        }
        while (Take(','));
        Expect(')');
        return values;
    }

    private string Word()
    {
        SkipSpaces();
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('!' or '=' or ',' or '(' or ')' or '<' or '>'))
            _at++;
        return _text[start.._at];
    }

    private bool More()
    {
        SkipSpaces();
        return _at < _text.Length;
    }

    private readonly char Peek() => _text[_at];

    private bool Take(char c)
    {
        SkipSpaces();
        if (_at >= _text.Length || _text[_at] != c)
            return false;
        _at++;
        return true;
    }

    private void Expect(char c)
    {
        if (!Take(c))
            throw Error($"'{c}' expected at character {_at + 1}");
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private readonly ApiException Error(string message) => ApiException.BadRequest($"unable to parse the label selector \"{_text}\": {message}");
}
