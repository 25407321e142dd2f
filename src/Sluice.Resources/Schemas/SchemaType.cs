namespace Sluice.Resources.Schemas;

/// <summary>What kind of JSON value stands at a place.</summary>
public enum SchemaType
{
    /// <summary>Any JSON value; only together with <see cref="SchemaNode.PreserveUnknownFields"/>.</summary>
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,

    /// <summary>A whole number or a string, as in a Service's targetPort.</summary>
    IntOrString,
}
