using System.Text;
using Sluice.Configuration;

namespace Sluice.Proxy.Routing;

/// <summary>What a named value must be: equal to some octets (UTF-8), or matched as a whole by a regular expression.</summary>
internal readonly struct ValuePredicate
{
    private readonly byte[] _name;
    private readonly byte[] _value;

    public ValuePredicate(ValueMatch match)
    {
        _name = Encoding.UTF8.GetBytes(match.Name);
        _value = match.Type == ValueMatchType.Exact ? Encoding.UTF8.GetBytes(match.Value) : [];
        Pattern = match.Type == ValueMatchType.Exact ? null : new TextPattern(match.Value);
    }

    public ReadOnlySpan<byte> Name => _name;

    /// <summary>Counts when there is no pattern.</summary>
    public ReadOnlySpan<byte> Value => _value;

    public TextPattern? Pattern { get; }

    public bool Accepts(ReadOnlySpan<byte> value) => Pattern is null ? value.SequenceEqual(_value) : Pattern.IsMatch(value);

    public void CollectProblem(RuntimeRule rule, string kind, ISet<string> problems)
    {
        if (Pattern?.Problem is { } problem)
            problems.Add(rule.Describe($"{kind} \"{Encoding.UTF8.GetString(_name)}\": {problem}"));
    }
}
