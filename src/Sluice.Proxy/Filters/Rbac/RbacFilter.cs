using System.Globalization;
using Sluice.Configuration.Policies;
using Sluice.Expressions;
using Sluice.Expressions.Cel;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Rbac;

/// <summary>Lets requests in or not by expressions. What cannot be evaluated, or costs too much, lets nobody in.</summary>
internal sealed class RbacFilter : IRequestFilter
{
    private const string Body = "RBAC: access denied";

    // What all expressions of a policy may cost together, and what each may whatever their number.
    private const long MaxCost = 200_000;
    private const long MinCostOfOne = 2_000;

    private static readonly FilterDenial Unmatched = Denial("none");

    private readonly CelProgram[] _programs;
    private readonly FilterDenial[] _denials;
    private readonly RbacAction _action;
    private readonly bool _matchAll;

    private RbacFilter(RbacPolicy policy, CelProgram[] programs)
    {
        _programs = programs;
        _action = policy.Action;
        _matchAll = policy.MatchAll;
        _denials = [.. Enumerable.Range(0, programs.Length).Select(i => Denial(i.ToString(CultureInfo.InvariantCulture)))];
    }

    public string Name => "rbac";

    public FilterStage Stage => FilterStage.Authorization;

    /// <summary>Null when an expression cannot be used: then nobody may get in by the others.</summary>
    public static RbacFilter? Create(RbacPolicy policy, ICollection<string> problems)
    {
        if (policy.Expressions.Count > RbacPolicy.MaxExpressions)
        {
            problems.Add($"rbac: there are more than {RbacPolicy.MaxExpressions} expressions");
            return null;
        }
        var limits = new CelLimits { MaxCost = Math.Max(MinCostOfOne, MaxCost / Math.Max(1, policy.Expressions.Count)) };
        var programs = new CelProgram[policy.Expressions.Count];
        for (int i = 0; i < programs.Length; i++)
        {
            if (CelProgram.TryCompile(policy.Expressions[i], EnvoyEnvironment.Instance, CelType.Bool, out ExpressionError? error, limits) is not { } program)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"rbac: expression {i}: {error}"));
                return null;
            }
            programs[i] = program;
        }
        return new RbacFilter(policy, programs);
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        RbacVariables variables = RbacVariables.Rent(head, context);
        int match = Match(variables);
        variables.Return();
        if (_action == RbacAction.Allow)
            return match >= 0 ? FilterVerdict.Continue : context.Deny(Unmatched);
        return match < 0 ? FilterVerdict.Continue : context.Deny(_denials[match]);
    }

    /// <summary>Which expression decided that the request matches; -1: it does not.</summary>
    private int Match(RbacVariables variables)
    {
        for (int i = 0; i < _programs.Length; i++)
        {
            bool isTrue = _programs[i].IsTrue(variables, out CelError? error);
            if (error is not null)
                isTrue = _action == RbacAction.Deny;
            if (isTrue != _matchAll)
                return isTrue ? i : -1;
        }
        return _matchAll ? _programs.Length - 1 : -1;
    }

    private static FilterDenial Denial(string policy) => new(403, "rbac_denied", Body) { Details = $"rbac_access_denied_matched_policy[{policy}]" };
}
