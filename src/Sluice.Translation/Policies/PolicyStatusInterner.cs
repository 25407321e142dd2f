using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Policies;

/// <summary>Makes one of the statuses of thousands of policies that say the same of the same Gateway.</summary>
internal sealed class PolicyStatusInterner
{
    private const int Most = 4096;
    private readonly Dictionary<(ParentReference Ancestor, string Controller, Condition Accepted, Condition Attached), PolicyStatus> _known = [];

    public PolicyStatus Intern(PolicyStatus status)
    {
        // Messages belong to one policy.
        if (status.Ancestors is not [{ Conditions: [{ Message: "" } accepted, { Message: "" } attached] } ancestor])
            return status;
        var key = (ancestor.AncestorRef, ancestor.ControllerName, accepted, attached);
        if (_known.TryGetValue(key, out var known))
            return known;
        if (_known.Count >= Most)
            _known.Clear();
        _known.Add(key, status);
        return status;
    }
}
