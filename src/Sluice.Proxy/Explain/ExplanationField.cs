using System.Globalization;
using System.Text;
using Sluice.Configuration;

namespace Sluice.Proxy.Explain;

/// <summary>
/// Value of the field that explains a live response: a dictionary of RFC 9651, such as
/// <c>listener="http", route="HTTPRoute/demo/shop", rule=1, attempts=1</c>. Members that are not known are left out.
/// </summary>
internal sealed class ExplanationField
{
    /// <summary>Characters of the value.</summary>
    public const int MaxLength = 1024;

    /// <summary>Characters of one string in it.</summary>
    public const int MaxText = 200;

    private const string Cut = ", cut";

    private readonly StringBuilder _value = new();
    private bool _isCut;

    /// <summary>Visible ASCII and spaces only: every other character is shown as "?".</summary>
    public void Add(string key, string text)
    {
        var shown = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text.Length > MaxText ? $"{text.AsSpan(0, MaxText - 3)}..." : text)
        {
            if (c is '"' or '\\')
                shown.Append('\\');
            shown.Append(c is >= ' ' and <= '~' ? c : '?');
        }

        AddMember(key, shown.Append('"').ToString());
    }

    public void Add(string key, long number) => AddMember(key, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>What a match asks for; of header fields and query parameters the names only, since values may be secrets.</summary>
    public static string Describe(RouteMatch match)
    {
        var text = new StringBuilder($"{match.Path.Type} {match.Path.Value}");
        if (match.Method is { } method)
            text.Append(CultureInfo.InvariantCulture, $", method {method}");
        foreach (var header in match.Headers)
            text.Append(CultureInfo.InvariantCulture, $", header {header.Name}");
        foreach (var parameter in match.QueryParams)
            text.Append(CultureInfo.InvariantCulture, $", query parameter {parameter.Name}");
        return text.ToString();
    }

    /// <summary>The value. Ends with the member "cut" when others did not fit.</summary>
    public override string ToString() => _isCut ? $"{_value}{(_value.Length == 0 ? Cut[2..] : Cut)}" : _value.ToString();

    private void AddMember(string key, string value)
    {
        if (_isCut || _value.Length + 3 + key.Length + value.Length > MaxLength - Cut.Length)
        {
            _isCut = true;
            return;
        }

        if (_value.Length > 0)
            _value.Append(", ");
        _value.Append(key).Append('=').Append(value);
    }
}
