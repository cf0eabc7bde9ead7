namespace AutoFlow.Protocols.Tests.OpenApi;

/// <summary>Descriptions of an invented pet shop.</summary>
internal static class PetShop
{
    /// <summary>OpenAPI 2.0, JSON.</summary>
    public const string Two = """
        {
          "swagger": "2.0", "basePath": "/v2", "schemes": ["https", "http"], "consumes": ["application/json"], "produces": ["application/json", "application/xml"],
          "securityDefinitions": {"key": {"type": "apiKey", "name": "X-Api-Key", "in": "header"}},
          "paths": {
            "/pet/findByStatus": {"get": {"operationId": "findPetsByStatus", "parameters": [
              {"name": "status", "in": "query", "required": true, "type": "array", "collectionFormat": "multi"},
              {"name": "tags", "in": "query", "type": "array", "collectionFormat": "pipes"},
              {"name": "limit", "in": "query", "type": "integer"}]}},
            "/pet/{petId}": {
              "parameters": [{"name": "petId", "in": "path", "required": true, "type": "integer"}],
              "get": {"operationId": "getPetById"},
              "post": {"operationId": "updatePetWithForm", "consumes": ["application/x-www-form-urlencoded"], "parameters": [
                {"name": "name", "in": "formData", "type": "string"}, {"name": "tags", "in": "formData", "type": "array"}]}},
            "/pet/{petId}/image": {"post": {"operationId": "uploadImage", "consumes": ["multipart/form-data"], "parameters": [
              {"name": "petId", "in": "path", "required": true, "type": "integer"}, {"name": "file", "in": "formData", "type": "file"}]}},
            "/pet": {"post": {"operationId": "addPet", "parameters": [{"name": "pet", "in": "body", "required": true, "schema": {}}]}}
          }
        }
        """;

    /// <summary>OpenAPI 3.1, YAML, with references.</summary>
    public const string Three = """
        openapi: 3.1.0
        servers:
          - url: ./api/{stage}
            variables:
              stage: { default: v3 }
        paths:
          /orders/{id}/{kinds}:
            get:
              operationId: getOrder
              parameters:
                - $ref: '#/components/parameters/Id'
                - { name: kinds, in: path, required: true }
                - { name: filter, in: query, style: deepObject, explode: true }
                - { name: sort, in: query, explode: false }
                - { name: words, in: query, style: spaceDelimited, explode: false }
                - { name: range, in: query }
                - { name: where, in: query, content: { application/json: {} } }
                - { name: X-Trace, in: header }
                - { name: session, in: cookie }
              responses:
                '200': { $ref: '#/components/responses/Order' }
          /orders:
            servers: [ { url: 'HOST/elsewhere' } ]
            post:
              operationId: placeOrder
              parameters: [ { name: dryRun, in: query } ]
              requestBody: { $ref: '#/components/requestBodies/Order' }
          /form:
            post:
              operationId: sendForm
              requestBody:
                content: { application/x-www-form-urlencoded: {} }
          /round:
            get:
              operationId: goRound
              parameters: [ { $ref: '#/components/parameters/Round' } ]
          /far:
            get:
              operationId: goFar
              parameters: [ { $ref: 'https://other.example/doc.yaml#/x' } ]
          /label:
            get:
              operationId: goLabel
              parameters: [ { name: x, in: path, style: label } ]
        components:
          parameters:
            Id: { name: id, in: path, required: true }
            Round: { $ref: '#/components/parameters/Round' }
          responses:
            Order: { content: { application/vnd.order+json: {} } }
          requestBodies:
            Order: { required: true, content: { application/xml: {}, application/json: {} } }
        """;
}
