using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Configuration.Telemetry.Formats;

namespace Sluice.Proxy.Filters.HeaderModifiers;

/// <summary>Rules of one direction, compiled: which fields go, and what is written. An edit that is not allowed is left out and reported.</summary>
internal sealed class HeaderRuleSet
{
    private readonly string _where;
    private readonly ICollection<string> _problems;
    private readonly List<string> _removed = [];

    /// <param name="rules">Null: none.</param>
    /// <param name="where">What the messages begin with, such as "request".</param>
    /// <param name="problems">Gets a message for each edit that is left out.</param>
    public HeaderRuleSet(HeaderRules? rules, string where, ICollection<string> problems)
    {
        _where = where;
        _problems = problems;
        if (rules is null)
            return;
        foreach (string name in rules.Remove)
        {
            if (IsAllowed(name))
                _removed.Add(name);
        }
        foreach (HeaderSource source in rules.Set.DistinctBy(source => source.Name, StringComparer.OrdinalIgnoreCase))
        {
            // Even when there is nothing to say: what a client or backend says in it is not ours.
            if (IsAllowed(source.Name))
                _removed.Add(source.Name);
            Add(source);
        }
        foreach (HeaderSource source in rules.Add)
            Add(source);
    }

    /// <summary>Names whose fields go.</summary>
    public IReadOnlyList<string> Removed => _removed;

    /// <summary>Fields whose values are the same for all requests.</summary>
    public List<HeaderValue> Fixed { get; } = [];

    /// <summary>Fields whose values are made for each request.</summary>
    public List<HeaderTemplate> Made { get; } = [];

    /// <summary>What of a response's rules is known beforehand. The others are added when a request has come.</summary>
    public static IEnumerable<HeaderModifier> FixedOf(HeaderRules rules)
    {
        // Each field on its own: of equal names within one modifier only the first counts.
        var set = new HeaderRuleSet(rules, "response", []);
        return set.Fixed.Select(field => new HeaderModifier { Add = [field] }).Prepend(new HeaderModifier { Remove = set.Removed });
    }

    private void Add(HeaderSource source)
    {
        if (!IsAllowed(source.Name))
            return;
        if (source.Secret is { } secret)
        {
            if (ReferenceEquals(secret, SecretText.Withheld))
                Report($"the value of \"{source.Name}\" is a secret that is not known here");
            else if (!FieldSyntax.IsValue(secret.Reveal()))
                Report($"the secret value of \"{source.Name}\" has a control character");
            else
                Fixed.Add(new HeaderValue(source.Name, secret.Reveal()));
            return;
        }
        try
        {
            IReadOnlyList<LogSegment> segments = HeaderFormat.Parse(source.Format ?? "");
            string literal = string.Concat(segments.Where(segment => segment.Operator == LogOperator.Literal).Select(segment => segment.Text));
            if (!FieldSyntax.IsValue(literal))
                Report($"the value of \"{source.Name}\" has a control character");
            else if (segments.All(segment => segment.Operator == LogOperator.Literal))
                Fixed.Add(new HeaderValue(source.Name, literal));
            else
                Made.Add(HeaderTemplate.Of(source.Name, segments));
        }
        catch (LogFormatException exception)
        {
            Report($"the value of \"{source.Name}\": {exception.Message}");
        }
    }

    private bool IsAllowed(string name)
    {
        if (FieldSyntax.IsName(name) && !ReservedFields.Contains(name))
            return true;
        Report(FieldSyntax.IsName(name) ? $"\"{name}\" is written by the proxy itself and cannot be changed" : "there is a name that is none of a field");
        return false;
    }

    private void Report(string problem)
    {
        string message = $"headerModifiers {_where}: {problem}; this edit is left out";
        if (!_problems.Contains(message))
            _problems.Add(message);
    }
}
