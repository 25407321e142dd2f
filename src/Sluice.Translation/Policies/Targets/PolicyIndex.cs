using Sluice.Resources;
using Sluice.Resources.Policies;

namespace Sluice.Translation.Policies.Targets;

/// <summary>
/// Policies of one kind by what they are for: by name, and for selectors by one of the labels that they ask for, so that an object finds its
/// policies without looking at all of them.
/// </summary>
/// <param name="globalNamespace">Selectors of policies in it select in every namespace; null: there is none.</param>
internal sealed class PolicyIndex<T>(string? globalNamespace)
    where T : AttachedPolicy
{
    private readonly Dictionary<PolicyTarget, PolicyLink<T>[]> _named = [];
    private readonly Dictionary<SelectorKey, (T Policy, PolicyTargetSelector Selector)[]> _selecting = [];

    public bool IsEmpty => _named.Count == 0 && _selecting.Count == 0;

    public void Add(T policy)
    {
        foreach (var reference in policy.TargetRefs)
        {
            var target = TargetOf(policy, reference);
            _named[target] = [.. _named.GetValueOrDefault(target) ?? [], new PolicyLink<T>(policy, reference.SectionName)];
        }
        foreach (var selector in policy.TargetSelectors)
        {
            var key = SelectorKey.Of(selector);
            _selecting[key] = [.. _selecting.GetValueOrDefault(key) ?? [], (policy, selector)];
        }
    }

    public void Remove(T policy)
    {
        foreach (var reference in policy.TargetRefs)
            Drop(_named, TargetOf(policy, reference), link => ReferenceEquals(link.Policy, policy));
        foreach (var selector in policy.TargetSelectors)
            Drop(_selecting, SelectorKey.Of(selector), link => ReferenceEquals(link.Policy, policy));
    }

    /// <summary>What a policy's targetRef names.</summary>
    public static PolicyTarget TargetOf(T policy, Resources.GatewayApi.PolicyTargetReference reference) =>
        new(reference.Group, reference.Kind, new NamespacedName(policy.Metadata.Namespace, reference.Name));

    /// <summary>The policies that are for the object or a section of it; those that take precedence first.</summary>
    public IReadOnlyList<PolicyLink<T>> Of(KubernetesObject? target)
    {
        if (target is null || IsEmpty)
            return [];
        var key = PolicyTarget.Of(target);
        var named = _named.GetValueOrDefault(key) ?? [];
        var links = _selecting.Count == 0 ? null : Selecting(key, target);
        if (links is null)
            return named.Length < 2 ? named : Sorted([.. named]);
        foreach (var link in named)
        {
            if (!links.Contains(link))
                links.Add(link);
        }
        return Sorted(links);
    }

    /// <summary>The policies that name an object, which there may be or not.</summary>
    public IEnumerable<T> Naming(PolicyTarget target) => (_named.GetValueOrDefault(target) ?? []).Select(link => link.Policy);

    /// <summary>Whether the selector of the policy selects the object.</summary>
    public bool Selects(T policy, PolicyTargetSelector selector, KubernetesObject target)
    {
        if (policy.Metadata.Namespace != target.Metadata.Namespace && policy.Metadata.Namespace != globalNamespace)
            return false;
        foreach (var (label, value) in selector.MatchLabels)
        {
            if (!target.Metadata.Labels.TryGetValue(label, out var actual) || actual != value)
                return false;
        }
        return true;
    }

    private List<PolicyLink<T>>? Selecting(PolicyTarget key, KubernetesObject target)
    {
        List<PolicyLink<T>>? links = null;
        Add(new SelectorKey(key.Group, key.Kind, "", ""));
        foreach (var (label, value) in target.Metadata.Labels)
            Add(new SelectorKey(key.Group, key.Kind, label, value));
        return links;

        void Add(SelectorKey by)
        {
            foreach (var (policy, selector) in _selecting.GetValueOrDefault(by) ?? [])
            {
                var link = new PolicyLink<T>(policy, selector.SectionName);
                if (Selects(policy, selector, target) && links?.Contains(link) != true)
                    (links ??= []).Add(link);
            }
        }
    }

    private static List<PolicyLink<T>> Sorted(List<PolicyLink<T>> links)
    {
        links.Sort((one, other) => PolicyPrecedence.Compare(one.Policy, other.Policy));
        return links;
    }

    private static void Drop<TKey, TItem>(Dictionary<TKey, TItem[]> lists, TKey key, Predicate<TItem> isGone)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var items))
            return;
        var kept = Array.FindAll(items, item => !isGone(item));
        if (kept.Length == 0)
            lists.Remove(key);
        else
            lists[key] = kept;
    }
}
