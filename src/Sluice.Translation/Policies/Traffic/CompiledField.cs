using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>A field that has a compiler.</summary>
/// <param name="name">As in manifests.</param>
/// <param name="guards">See <see cref="TrafficField"/>.</param>
/// <param name="get">Takes it from a policy; null when it is absent.</param>
/// <param name="compile">
/// Compiles it; the last argument is its name. Null, with a problem reported: it cannot be put in force. A record and a problem: in force but for a part.
/// </param>
/// <param name="apply">Puts the record in force for a rule.</param>
internal sealed class CompiledField<TSpec, TRecord>(
    string name,
    bool guards,
    Func<TrafficPolicy, TSpec?> get,
    Func<TSpec, IPolicySurroundings, string, TRecord?> compile,
    Action<RuleEffects, TRecord, PolicyUse> apply) : TrafficField(name, guards)
    where TSpec : class
    where TRecord : class
{
    /// <summary>Whether it turns off what is inherited; null: it has no way to.</summary>
    public Func<TSpec, bool>? IsOff { get; init; }

    /// <summary>Merges a more specific one with a less specific one; null: the more specific one is taken whole.</summary>
    public Func<TRecord, TRecord, TRecord>? Merging { get; init; }

    public override bool MergesDeeply => Merging is not null;

    public override bool IsSet(TrafficPolicy policy) => get(policy) is not null;

    public override FieldEffect Compile(TrafficPolicy policy, IPolicySurroundings surroundings, out object? record)
    {
        var spec = get(policy)!;
        record = null;
        if (IsOff?.Invoke(spec) == true)
            return FieldEffect.Off;
        record = compile(spec, surroundings, Name);
        return record is null ? FieldEffect.Broken : FieldEffect.InForce;
    }

    public override void Apply(RuleEffects rule, object record, PolicyUse use) => apply(rule, (TRecord)record, use);

    public override object Merge(object specific, object general) => Merging is null ? specific : Merging((TRecord)specific, (TRecord)general);
}
