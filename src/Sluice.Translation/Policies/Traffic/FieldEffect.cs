namespace Sluice.Translation.Policies.Traffic;

/// <summary>What a field of a policy comes to.</summary>
internal enum FieldEffect
{
    /// <summary>It turns off what less specific policies say.</summary>
    Off,

    InForce,

    /// <summary>It cannot be put in force. Where it guards something its rules answer 500; else they do without.</summary>
    Broken,
}
