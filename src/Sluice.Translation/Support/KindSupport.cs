namespace Sluice.Translation.Support;

/// <summary>A kind of the Gateway API with all its fields.</summary>
/// <param name="Kind">For example "HTTPRoute".</param>
/// <param name="Plural">Its name in URLs and in the name of its CRD.</param>
/// <param name="Fields">Every field of spec and status that holds a value, in the order of the CRD's experimental channel.</param>
public sealed record KindSupport(string Kind, string Plural, IReadOnlyList<FieldSupport> Fields);
