//! The names of services whose credentials have no shape of their own: a
//! random value that is named after one of them is taken for its key.

/// Names that mean a service wherever they stand.
pub(crate) const NAMES: &str = "
abbysale abstractapi abuseipdb abyssale accuweather acrcloud activecampaign adafruit adobeio adobesign adzuna
aeroworkflow agora aha airbrake aircall airship airtable airvisual aiven alchemy alconost alegra aletheia algolia
alibaba aliyun alienvault allsports alphavantage amadeus ambee amplitude amplitudeapi anthropic anymail anypoint
apacta apiary api2cart api2pdf apideck apiflash apifonica apify apilayer apimatic apimetrics apininjas apitemplate
apollo apollographql appcues appdynamics appfollow appointedd appoptics appsflyer appsynergy appwrite apptivo
arangodb artifactory artsy asana assemblyai astradb atera atlassian atomic audd auddio aurigraph auth0 authorizenet
autodesk autoklose automattic autopilot avalara avaza axonaut aylien ayrshare azure azuredevops b2clogin backblaze
bamboohr bannerbear baremetrics barchart baseapi beamer beebole beeminder besnappy besttime betterstack
betteruptime billomat bigcommerce binance bingmaps bintray bitbar bitbucket bitcoinaverage bitfinex bitly bitmex
bitrise bittrex blazemeter blitapp blocknative blogger bluejeans blynk boldsign bombbomb bonusly boostnote borgbase
braintree brandfetch braze brevo browserstack browshot buddyns budibase bugherd bugsnag buildkite bulbul bulksms
bunnycdn buttercms buzzsprout caflou calendarific calendly calorieninja campayn canny cannyio capsulecrm captaindata
carboninterface cashboard caspio censys centralstation centralstationcrm cexio chaindesk chainlink chartmogul chatbot
chatfule chatfuel checio checklyhq checkvist chromatic cicero circleci circonus ciscospark claude clearbit
clevertap clickatell clickhelp clicksend clickup clientary cliengo clinchpad clockify clockwork clockworksms closecrm
cloudant cloudconvert cloudelements cloudflare cloudimage cloudinary cloudmersive cloudplan cloudsight cloudsmith
cloverly cloze clustdoc cockroachdb coda codacy codeclimate codecov codemagic codequiry cohere coinapi coinbase
coinbene coingecko coinlayer coinlib coinmarketcap coinranking column commercejs commodities companyhub concourse
confluent contentful contentstack conversiontools convertapi convertkit convier copper copyscape couchbase coursera
countrylayer courier coveralls crossbrowsertesting crowdin crowdstrike cryptocompare cryptomus currencycloud
currencyfreaks currencylayer currencyscoop currentsapi customerguru customerio d7network dailyco dandelion dareboost
databox databricks datadog datafire datagov datawrapper deadmansnitch debounce deepai deepgram deepl deepseek deezer
deliveroo demio denodeploy deputy designcrowd detectify detectlanguage detectlang dfuse dialpad diffbot diggernaut
digicert digitalocean digitalriver discogs discord discordapp discourse disqus ditto dnscheck dnsimple dockerhub
docparser documo docusign doppler dotdigital dotmailer dovico draftable dreamhost droneci dronahq dropbox dtrack
duffel duply dwolla dwtpro dynalist dyspatch dynatrace eagleeye easyinsight easypost easyship ecostruxure edamam
edenai eightxeight elasticemail elevenlabs enablex endorlabs enigma enode envoy envoyapi eodhd eraser etherscan
ethplorer etsy evernote eventbrite everhour exchangerate exchangeratesapi exotel extracti facebook faceplusplus fastforex
fastly fastspring fibery figma fileio filestack finage financialmodelingprep findl finicity finnhub firecrawl
fireworks flagsmith flatio fleetbase flexport flickr flightapi flightlabs flightstats float floatapp flowdock flowflu flutterwave
fmfw foursquare formbucket formcraft formio formstack foundry fountain frameio freshbooks freshdesk freshping freshservice
freshworks frontapp fullcontact fullstory fulcrum fusebill fxmarket geckoboard gemini gengo geoapify geocode geocodify
geocodio geoipifi geotab getgeoapi getgist getresponse getsandbox ghostinspector
ghost giphy gitalk gitbook gitea github gitguardian gitlab gitter glassfrog glassnode gmetrix gocanvas gocardless godaddy
gohighlevel goodday goodreads googlemaps gosquared gptzero grafana grandcentral graphcms graphhopper greenhouse
gridspan groovehq groq gtmetrix guardianapi gumroad guru gyazo hackerone happyscribe haraj harness harvest
hashicorp hasura hellosign helpcrunch helpscout hereapi hereai heroku hetzner hiboutik highcharts hiveage holidayapi
holistic honeybadger honeycomb hostinger hotjar html2pdf htmlcsstoimage hubspot huggingface humanapi humanity humio
hunter hunterio hybiscus hypertrack ibmcloud iconfinder iexapis iexcloud imagekit imagga imgbb imgix imgur impala infura
inflectra infobip infracost insightly instabot instacart instagram instamojo instana integromat intercom interseller
intra42 intrinio invoiceocean ip2location ipapi ipdata ipgeolocation ipify ipifi ipinfo ipinfodb ipquality ipregistry
ipstack iterable jambonz jdbc jenkins jfrog jina jira jiratoken jotform jumpcloud jumpseller jupiterone juro justwatch kakao kaleyra
kanban kanbantool kandji karma karmacrm keenio kickbox kindly klaviyo klarna klipfolio knapsackpro kontent kraken kucoin
kustomer kylas lambdatest langfuse langsmith languagelayer languagetool larksuite lastfm lastpass launchdarkly
leadfeeder leaseweb lemlist lemonsqueezy lendflow lessannoyingcrm lexigram linearb linenotify linkedin linkpreview
liquidplanner listennotes lit livestorm livekit liveagent loadmill lob localiq locationiq logdna loggly loginradius logtail
logzio lokalise loom looker loyverse luno luma m3o macaddress madkudu magento magicbell magnetic mailboxlayer mailchimp
mailerlite mailersend mailgun mailjet mailjetsms mailmodo mailosaur mailsac mailtrap mandrill mapbox mapquest
marketo marketstack mastodon mattermost mavenlink maxmind mediastack meaningcloud meistertask meraki mesibo messagebird
metaapi metabase metamind metrilo mindmeister minio miro mistral mite mixcloud mixmax mixpanel mockaroo modal
moderation mollie monday mongodb monkeylearn moonclerk moonshot moosend moralis motaword moxtra mrticktock msg91 mux muxapi mybitcoin
mydata myexperiment myfreshworks myintervals nanonets nasa nasdaq neptune netcore netlify netsuite neutrino neverbounce
newrelic newsapi newscatcher nexmo nextcloud nftport ngc ngrok nicereply nightfall nimble nitro nocodb noticeable
notion notify novu nozbe npmjs nuget numverify nutritionix nvidia nylas nytimes oanda observeinc octopus odoo okta
omnisend onbuka ondemand onedesk onelogin onepagecrm onesignal onfleet oopspam openai openaq opencage opencagedata
openexchange openrouter opensea openuv openvpn openweather openweathermap opsgenie optimizely oracle orbit orderdesk
oura outlook outreach overloop owlbot packagecloud pachyderm paddle pagarme pagerduty pandadoc pandascore paperform
paperspace paralleldots parsehub parsers parseur particle particleio partnerstack pastebin paydirt payfort paymo paymongo
paypal paystack paytm pdfco pdflayer pdfmonkey pdfshift peopledatalabs pepipost percy perigon perplexity personio petfinder phonecom
phrase pinata pinecone pingdom pinterest pipedream pipedrive pivotal pivotaltracker pixabay plaid planetscale planday
planview planviewleankit planyo plausible playwright plivo podio poll pollsapi poloniex polygon posthog postageapp
postbacks postgrid postman postmark posty powrbot prefect presto printful prismic proabono procore
prodpad productboard productplan prospectcrm prospectio protocolsio proxycrawl pubnub pulumi purestake pusher
pushbullet pushover pypi qase qbox qdrant qualaroo qualys qubole questdb quickbase quickbooks quickmetrics rabbitmq
railway ramp rapidapi raven rawg raygun rayso razorpay reachmail readme reallysimplesystems rebrandly recaptcha rechargepayments
recurly reddit redis refiner remove.bg removebg rentman repairshopr replicate replyio requestfinance resend restpack
restpackhtmltopdf restpackscreenshot retell revamp revampcrm rev revolut ringcentral riotgames ritekit roam roaring robinhood
rocketreach rockset rollbar ronin roninapp rootly route4me rownd rubygems runpod runrunit salesblink salescookie salesflare
salesforce salesloft salesmate sanity satismeter saucelabs scaleway scalr scalingo scoutapm scrapeowl scraperapi
scraperbox scraperstack scrapersite scrapestack scrapfly scrapingant scrapingbee scrapingdog screenshotapi
screenshotlayer scrutinizer scrutinizerci seatgeek securitytrails segment selectpdf semaphore semantria sendbird
sendgrid sendinblue sentiment sentry serpapi serper serphouse serpstack servicenow settlemint sheety sherpadesk shippo
shipday shipstation shodan shopee shopify shortcut shorten shotstack shutterstock signable signalwire signaturit
signupgenius sigopt simfin simplesat simplybook simplynoted simvoly sinch sinchmessage sirv siteleaf skrapp skybiometry
slack sleekflow smartling smartsheet smartsheets smartystreets smooch snipcart snowflake snyk socialbu socrata
softlayer solarwinds sonarcloud sonarqube sourcegraph spaceship sparkpost speechace speechmatics splunk splunkobservability spoonacular
sportmonks sportsmonk sportradar spotify spotinst sproutsocial square squarespace squareup squadcast sslmate
ssomobile stability stackhawk stackoverflow statuscake statuspage statuspal steam stitchdata stockdata storecove storyblok
storychief strapi strava streak stripe stripo stytch suiteapi sumologic supabase supernotes superset survicate surveyanyplace surveybot surveymonkey
surveysparrow survicate swell swiftype swipely symfony synthesia tableau tailscale talkjs tallyfy tatum tatumio taxjar
teamcity teamgate teamviewer teamwork technicalanalysisapi tefter telegram telesign telnyx teletype tencent terraform testingbot text2data
textmagic textlocal thinkific theoddsapi thingsboard thousandeyes ticketmaster ticketsource tickettailor tiingo tiktok tines
tinify tinybird tinypng tly tmdb tmetric todoist together toggl tomorrowio tomtom tookan totango tradier translate
travelpayouts travisci trello triggerdev trufflehog truenas tru twelvedata twilio twist twitch twitter twitterapi tyntec typeform typetalk
ubidots uclassify unbounce unify unifyid unplugg unsplash unsplashapi upcdatabase upcloud uploadcare uplead upsplash uproc upstash uptimerobot uptimecom
upwave urlscan urlscanio userflow userstack uservoice vagrant vagrantcloud vapi vatlayer vbout vercel verimail veriphone veriff versioneye
viewneo vimeo virustotal visibleapi visualcrossing voiceflow voicegain voyage vonage voodoosms vouchery vpnapi vultr vyte
walkscore wandb wakatime weatherapi weatherbit weatherstack web3storage webex webflow webhookrelay webscraper webscraping
wepay whereby whoisxml whoxy wit witai woocommerce wordpress workday workstack worksnaps worldcoinindex
worldweather wrike x-ai xata xero yahoo yandex yelp youneedabudget youtube ynab ynabapi zapier zapierwebhook zendesk
zenkit zenrows zenscrape zenserp zeplin zerobounce zerotier zilliz zipapi zipbooks zipcodeapi zipcodebase zoho zonka
zonkafeedback zoom zoominfo zulip zulipchat
adobe asana intercom basecamp slack stormpath prefect runscope kafka logz nozbeteams okta splunk
abusech ai21 airbyte akeyless anyscale appcenter appveyor assembla authress avinetworks baidu baseten bettercloud
blackduck buildbot bugcrowd canva cerebras chargebee checkmarx clarifai clickhouse cloud66 codeberg codefresh coze
cratesio cyberark databento deepinfra deepsource dnsmadeeasy dockerswarm docraptor doordash elasticcloud fireeye
fixerio fivetran freemius friendli friendliai fusionauth grammarly groqcloud helicone heygen hightouch honeycombio
hookdeck hyperbolic infisical influxdb jenkinsci jwtio kagi kaggle kinsta langchain lambdalabs linode linodeapi
litellm livechat llamacloud logdnaapi mailgunapi mandrillapp meilisearch memberful metabaseapi mezmo midise minimax
mistralai monnify mydocusign nebius ngrokapi northflank novita ocrspace onepassword onewaysms openphone
openrouteservice opentable openweatherapi ovh pandadocs papyrs paypalapi pexels phrasetms plaidapi playht posthogapi prodigi propelauth qualtrics quickbooksonline raindropio reactapp retellai rev.ai rillet rocketchat
runwayml scaleai scrapegraph sidekiq siliconflow sinchapi sms77 smtp2go snaplogic sonatype sourcehut speechify spryng
sqreen stabilityai stackblitz stormboard stormglass strapiapi stormpathapi sugester sumologicapi sysdig tavily
tailscaleapi tencentcloud tiktokapi timezoneapi timescale tinybirdco togetherai togetherxyz trustpilot typesense usps
valtown vastai veracode vmware volcengine voyageai weaviate websitepulse weightsandbiases wistia workos wpengine
xaiapi zhipu zhipuai zuora zuplo vonageapi sendinblueapi msteams
aviationstack bscscan blablabus collect2 craftmypdf eagleeyenetworks ecostruxureit exportsdk extractorapi feedier
fetchrss formsite lunchmoney nethunt onwaterio opengraphr photoroom positionstack speechtextai timecamp tokeet
transferwise snykkey youtubeapikey scalewaykey skrappio terraformcloud aletheiaapi avazapersonal bitlyaccesstoken
facebookoauth phraseaccesstoken linemessaging newyorktimes privateai polymath rancher papertrail appsignal sematext
lightstep signalfx wavefront coralogix twingate zscaler sentinelone cloudconformity pingidentity forgerock descope
frontegg supertokens zitadel directus hygraph datocms builderio umbraco kentico sitecore webiny netlifycms bynder
transloadit livepeer jwplayer keycdn cdn77 cachefly gcore edgio akamai 2checkout adyen worldpay cybersource afterpay
midtrans xendit payu mercadopago pagseguro conekta openpay dlocal ebanx rapyd nuvei checkoutcom marqeta lithic
treasuryprime synctera modulr railsr truelayer yapily nordigen saltedge belvo yodlee messagemedia burstsms gupshup
ozonetel knowlarity zenvia routee smsglobal smsapi coveo bloomreach klevu searchspring doofinder redpanda streamnative
ably liveblocks partykit centrifugo splitio configcat statsig growthbook devcycle hypertune logrocket smartlook
mouseflow rudderstack mparticle snowplow polytomic woodpecker mailshake smartlead freshsales
duckdns checkly mergify composio context7 bravesearch bybit okx yousign gandi namecheap exoscale prismacloud
argocd spacelift env0 dbtcloud svix omdb readwise tibber sonarr radarr riotgames roblox weibo wechat dingtalk feishu
qiniu huaweicloud dashscope sambanova cartesia e2b browserbase highnote privacycom packagist portainer geoipify
heremaps azurestorage azurefunction azuresearch azurebatch azureapim imperva semgrep socket backstage temporal
pagerdutyrouting opscenter signoz uptrace betterauth lucidworks vespa marqo jinaai nomicai fishaudio minimaxi
stepfun baichuan qianfan hunyuan deepbricks lingyi moonshotai openobserve axiomco honeycombapi
";

/// Names that are everyday words too: they count only in the name of the
/// value itself, beside a word for a credential.
pub(crate) const WORDS: &str = "
aha agora apollo atomic autopilot beamer bit box brave braze cicero close coda column copper courier deputy ditto enigma
envoy flat float foundry fountain gemini ghost guru harness harvest host hunter impala kraken line lit
loom luma magnetic miro mite monday mux neptune nimble nitro notify oracle orbit paddle particle percy
phrase polygon poll ramp raven rev roam segment square stability steam streak swell tines
together tru twist unify wit zoom spike drift drip
replit retool rocket rollbar sage sift sprout upwork vault
wise aws dd ft gh kf eth btc wallet mail sms iam ldap smtp ftp imap pop3
saml
column planning moderation sentiment translate modal redis presto commodities track particle
spaceship lit
web3 pd ado atlas chatgpt claude gemini mistral
abstract bitwarden consul convex domo drata elastic elasticsearch endpointprotector fal fauna firebase fixer flutter
gradle happi heap hive ideogram ingest inngest iterative knock kong kubernetes lambda leonardo lepton lmnt mediaworks
mend momento nexus nomad ollama postgres raindrop rainforest realestate runway samsara sauce scale
sigmacomputing sonar sumo suno surge swarm teslamotors transifex travis tray turso twentyi unkey updown vantage vast
wasabi wave whatsapp windmill
delighted confluence xray nyt opensearch scout rapid7 tenable duo keycloak clerk kinde ory logto dato butter agility
cosmic brightcove bunny stackpath limelight affirm moov tink teller bandwidth wati yext pulsar soketi unleash census
gong chorus lusha snov instantly closecom attio folk keap
checkout host verifier
exa linear loops neon deno render genius polar lever expo axiom plex unstructured portainer blizzard recharge wiz
";

/// Services whose names stand beside digests of commits and packages.
pub(crate) const STORES: &str = "
github gitlab bitbucket gitea dockerhub docker npmjs npm pypi rubygems nuget sourceforge cloudsmith artifactory bintray
packagecloud huggingface replicate notary sigstore percy chromatic vercel netlify heroku
";
