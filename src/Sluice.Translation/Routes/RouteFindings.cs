using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>Collects what is wrong with a route while its rules are compiled, and judges it at the end.</summary>
internal sealed class RouteFindings
{
    private const int Shown = 8;
    private const string Consequence = "; what cannot be served is answered with 500";

    private List<Finding>? _invalid;
    private List<Finding>? _unresolved;
    private bool _unresolvedIsAnswered;

    /// <summary>What becomes of requests for references that do not resolve; ends the message.</summary>
    public string Unanswered { get; init; } = "; what does not resolve is answered with 500";

    /// <summary>A value that cannot be served. The message names the field.</summary>
    public void Invalid(Finding finding) => (_invalid ??= []).Add(finding);

    /// <summary>A reference that does not resolve, and without which requests cannot be served. The message names the field.</summary>
    public void Unresolved(Finding finding)
    {
        (_unresolved ??= []).Add(finding);
        _unresolvedIsAnswered = true;
    }

    /// <summary>A reference that does not resolve and is done without. The message names the field and says so.</summary>
    public void DoneWithout(Finding finding) => (_unresolved ??= []).Add(finding);

    public int InvalidCount => _invalid?.Count ?? 0;

    /// <param name="anyRuleServed">Whether at least one rule does what it says: then the route is accepted.</param>
    public RouteVerdict Judge(bool anyRuleServed)
    {
        if (_invalid is null && _unresolved is null)
            return RouteVerdict.Fine;
        var unresolved = _unresolved is null ? null : Join("", _unresolved, _unresolvedIsAnswered ? Unanswered : "");
        if (_invalid is null)
            return new RouteVerdict(null, null, unresolved);
        return anyRuleServed
            ? new RouteVerdict(null, Join("Dropped Rule: ", _invalid, Consequence), unresolved)
            : new RouteVerdict(Join("", _invalid, Consequence), null, unresolved);
    }

    // GEP-1364 wants the message of PartiallyInvalid to begin with "Dropped Rule". The first reason stands for all: a condition has one.
    private static Finding Join(string prefix, List<Finding> findings, string suffix)
    {
        var message = prefix + string.Join("; ", findings.Take(Shown).Select(finding => finding.Message));
        if (findings.Count > Shown)
            message += $"; and {findings.Count - Shown} more";
        return new Finding(findings[0].Reason, message + suffix);
    }
}
