namespace Sluice.Resources.Reading.Nodes;

/// <summary>
/// What a scalar without quotes means. Kubernetes reads manifests with YAML 1.1, where yes, no, on and off are booleans,
/// 0644 is octal and 1_000 is a number: such a value is never taken for a string here, so that the error shows where it matters.
/// </summary>
internal static class PlainScalar
{
    public static NodeKind Resolve(string text)
    {
        if (text.Length == 0)
            return NodeKind.Null;
        switch (text[0])
        {
            case '~' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'y' or 'Y' or 'o' or 'O':
                return Word(text);
            case '.' or '+' or '-' or (>= '0' and <= '9'):
                return Number(text);
            default:
                return NodeKind.String;
        }
    }

    private static NodeKind Word(string text) => text switch
    {
        "~" or "null" or "Null" or "NULL" => NodeKind.Null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => NodeKind.Boolean,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => NodeKind.Boolean,
        _ => NodeKind.String,
    };

    private static NodeKind Number(ReadOnlySpan<char> text)
    {
        var rest = text[0] is '+' or '-' ? text[1..] : text;
        if (rest.IsEmpty)
            return NodeKind.String;
        if (rest is ".inf" or ".Inf" or ".INF" || text is ".nan" or ".NaN" or ".NAN")
            return NodeKind.Float;
        if (rest.Length > 2 && rest[0] == '0' && char.ToLowerInvariant(rest[1]) is 'x' or 'o' or 'b')
            return BasedNumber(rest);

        int digits = 0, dots = 0, at = 0;
        for (; at < rest.Length; at++)
        {
            if (char.IsAsciiDigit(rest[at]))
                digits++;
            else if (rest[at] == '.')
                dots++;
            else if (rest[at] != '_' || digits == 0)
                break;
        }

        if (digits == 0 || dots > 1)
            return NodeKind.String;
        if (at == rest.Length)
            return dots == 0 ? NodeKind.Integer : NodeKind.Float;
        return Exponent(rest[at..]) ? NodeKind.Float : NodeKind.String;
    }

    private static NodeKind BasedNumber(ReadOnlySpan<char> text)
    {
        var kind = char.ToLowerInvariant(text[1]);
        foreach (var c in text[2..])
        {
            var valid = kind switch
            {
                'x' => char.IsAsciiHexDigit(c),
                'o' => c is >= '0' and <= '7',
                _ => c is '0' or '1',
            };
            if (!valid && c != '_')
                return NodeKind.String;
        }

        return NodeKind.Integer;
    }

    private static bool Exponent(ReadOnlySpan<char> text)
    {
        if (text[0] is not ('e' or 'E'))
            return false;
        var digits = text[1..];
        if (!digits.IsEmpty && digits[0] is '+' or '-')
            digits = digits[1..];
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
    }
}
